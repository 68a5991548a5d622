/// Values that are given without `=`: C++'s `Type name(value)`, and Lua's calls without brackets.
extension CodeParser {
    /// Whether brackets behind a declared name hold what it begins with: `std::string root{"…"}`, `QUrl url(root)`.
    func beginsInitializer(at index: Int) -> Bool {
        guard language.name == "cpp", !tokens[index].startsLine else { return false }
        return isBracket(tokens[index], UInt8(ascii: "{"))
            || inBody && isBracket(tokens[index], UInt8(ascii: "("))
    }

    /// The declaration as an assignment of what the type makes of the brackets' content.
    mutating func initialized(_ name: NodeID, typedBy typeIndex: Int, from start: Int) -> NodeID {
        var index = typeIndex
        while index > 0, tokens[index].kind != .name { index -= 1 }
        let token = tokens[index]
        let callee = tree.add(.name, token.start, token.end, text: text(token))
        let value: NodeID
        if atOpen(UInt8(ascii: "(")) {
            value = call(callee, from: token.start)
        } else {
            let content = bracketed(asMap: true)
            value = tree.add(.call, token.start, tree[content].end, [callee, content])
        }
        return tree.add(.assign, start, tree[value].end, [name, value], text: "=")
    }

    /// Lua's `require "x"` and `request { … }`: a call whose one argument needs no brackets.
    func bareArgumentFollows(_ node: NodeID) -> Bool {
        guard language.name == "lua", !token.startsLine,
            [.name, .member].contains(tree[node].kind),
            !Self.wordsOfLua.contains(tree.lastName(of: node))
        else { return false }
        return token.kind == .string || atOpen(UInt8(ascii: "{"))
    }

    mutating func bareArgument(_ node: NodeID, from start: Int) -> NodeID {
        let argument = token.kind == .string ? string() : bracketed(asMap: true)
        return tree.add(.call, start, tree[argument].end, [node, argument])
    }

    private static let wordsOfLua: Set<String> = [
        "and", "or", "not", "in", "do", "then", "else", "elseif", "return", "if", "while", "until",
        "repeat", "for", "local", "function", "end",
    ]
}
