/// What lookups have found so far, and the bounds that keep them from going round in circles.
///
/// Code can be defined by itself (`a = a.b`, functions that return each other's results) and fan out without
/// end. A question that is being asked already is answered with nothing; so is one too deep, or one too many.
/// Shared by all who look something up in one tree; used from one task.
final class LookupMemory {
    /// What can be asked.
    enum Question: Hashable {
        /// What a member stands for.
        case member(NodeRef)
        /// The entry of this name of what a node stands for.
        case entry(String, NodeRef)
        /// The function that a call runs.
        case function(NodeRef)
        /// The type that an expression has.
        case type(NodeRef)
    }

    private static let maximumDepth = 48
    /// Of one task, that is from one `begin` to the next.
    private static let maximumSteps = 50_000

    private var answers: [Question: Any] = [:]
    private var open: Set<Question> = []
    private var steps = 0
    private var depth = 0
    /// How often a question was answered with nothing by a bound: what rests on such an answer is not kept.
    private var cuts = 0

    /// A new task begins: what was spent on the last does not count any more.
    func begin() { steps = 0 }

    /// The answer to a question, found by `find` where it is not known yet. What depends on `bindings` is not kept.
    func answer<Answer>(
        _ question: Question, whatever bindings: Bindings, isKept: Bool = true, none: Answer,
        _ find: () -> Answer
    ) -> Answer {
        let isFree = bindings.isEmpty && isKept
        if isFree, let known = answers[question], let answer = known as? Answer { return answer }
        steps += 1
        guard depth < Self.maximumDepth, steps < Self.maximumSteps else {
            cuts += 1
            return none
        }
        if isFree, !open.insert(question).inserted {
            cuts += 1
            return none
        }
        let cutsBefore = cuts
        depth += 1
        let answer = find()
        depth -= 1
        if isFree {
            open.remove(question)
            if cuts == cutsBefore { answers[question] = answer }
        }
        return answer
    }
}
