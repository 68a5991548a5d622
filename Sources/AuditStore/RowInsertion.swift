import Foundation
import GRDB

/// What is bound to the columns of one row.
typealias RowValues = KeyValuePairs<String, (any DatabaseValueConvertible)?>

/// Inserts rows of one table, one after the other, with one prepared statement, or updates them.
struct RowInsertion {
    private let database: Database
    private let table: String
    private let update: Update?
    private let returnsID: Bool
    private var statement: Statement?

    /// What is done where a row with the same key is there.
    struct Update {
        /// The columns of the key; they must have a `UNIQUE` constraint.
        var key: [String]
        /// Columns that keep what they hold.
        var kept: Set<String> = []
        /// Assignments to some of these.
        var assignments: [String] = []
    }

    /// `id` is answered by `insertReturningID` only where `returningID` says so.
    init(
        _ database: Database, into table: String, updating update: Update? = nil,
        returningID: Bool = false
    ) {
        self.database = database
        self.table = table
        self.update = update
        returnsID = returningID
    }

    /// Inserts one row. All rows have the same columns in the same order.
    mutating func insert(_ row: RowValues) throws {
        try prepared(for: row).execute(arguments: StatementArguments(storing: row))
    }

    /// Inserts one row; answers its number.
    mutating func insertReturningID(_ row: RowValues) throws -> Int64 {
        let id = try Int64.fetchOne(prepared(for: row), arguments: StatementArguments(storing: row))
        guard let id else { throw DatabaseError(message: "no row of \(table) was written") }
        return id
    }

    private mutating func prepared(for row: RowValues) throws -> Statement {
        if let statement { return statement }
        let columns = row.map(\.key)
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        var sql = "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks))"
        if let update {
            let taken = columns.filter { !update.key.contains($0) && !update.kept.contains($0) }
            let assignments = taken.map { "\($0) = excluded.\($0)" } + update.assignments
            sql += " ON CONFLICT (\(update.key.joined(separator: ", "))) DO UPDATE SET "
            sql += assignments.joined(separator: ", ")
        }
        if returnsID { sql += " RETURNING id" }
        let made = try database.makeStatement(sql: sql)
        statement = made
        return made
    }
}

extension StatementArguments {
    /// What is bound for the values of `row`, in its order.
    init(storing row: RowValues) {
        self.init(row.map { ($0.value as? String).map(\.storable) ?? $0.value })
    }
}

extension String {
    /// Without NUL characters, at which a text in SQLite would end: U+2400 stands for them.
    var storable: String {
        utf8.contains(0) ? replacing("\0", with: "\u{2400}") : self
    }
}

/// JSON as the database holds it: keys sorted, nothing that need not be is escaped.
enum StoredJSON {
    static func text(of value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func value<Value: Decodable>(_ type: Value.Type, from text: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
