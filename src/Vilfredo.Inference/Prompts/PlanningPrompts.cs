namespace Vilfredo.Inference.Prompts;

/// <summary>What models are asked when they plan before they answer. Ours: the papers' prompts are not used. In braces: what is filled in.</summary>
public sealed record PlanningPrompts
{
    /// <summary>Put behind the question, asks for observations: <c>{count}</c>.</summary>
    public string Observations { get; init; } = """
        Do not answer the question above yet. Write {count} observations about it that would help to answer it: properties, restatements, special cases, possible ways. One line each, true and not obvious.
        """;

    /// <summary>Put behind the question, asks for observations that follow from others: <c>{observations}</c>, <c>{count}</c>.</summary>
    public string Derived { get; init; } = """
        Observations about the question above:
        {observations}

        Do not answer the question yet. Combine these into {count} new observations that none of them states alone. One line each.
        """;

    /// <summary>Put behind the question, asks for a solution in words: <c>{observations}</c>.</summary>
    public string Solution { get; init; } = """
        Observations about the question above:
        {observations}

        Using what helps among them, describe in plain words how to solve it, step by step and completely. Do not write the final answer or program yet.
        """;

    /// <summary>Put behind the question, asks for the answer from notes: <c>{notes}</c>.</summary>
    public string AnswerFromNotes { get; init; } = """
        Notes on the question above, which may contain errors:
        {notes}

        Write the complete answer to the question. Do not mention the notes.
        """;

    /// <summary>Put behind the question, asks for a plan.</summary>
    public string Plan { get; init; } = """
        Do not answer the question above yet. Write a plan for answering it: what is given and asked, the steps in order with what each must bring, and where errors are likely.
        """;

    /// <summary>Put behind the question, asks for plan and answer in one reply.</summary>
    public string PlanInReply { get; init; } = """
        First understand the question and note what is given. Then make a plan of steps. Then carry it out step by step, checking each intermediate result, and give the answer.
        """;

    /// <summary>Put behind the question, asks to carry out a plan: <c>{plan}</c>.</summary>
    public string Execute { get; init; } = """
        A plan for the question above:
        {plan}

        Carry it out step by step, departing from it where it is wrong, and write the complete answer.
        """;

    /// <summary>Put behind the question, asks for a better plan from solutions: <c>{solutions}</c>, <c>{count}</c>.</summary>
    public string RefinePlan { get; init; } = """
        Below are {count} solutions of the question above, each made after a plan of its own.

        {solutions}

        Do not answer the question. Say where the solutions disagree and which side is right, and write one final plan that keeps what is right and avoids what went wrong.
        """;

    /// <summary>Put behind the question, asks which ways of thinking fit: <c>{modules}</c>.</summary>
    public string SelectModules { get; init; } = """
        Ways of thinking:
        {modules}

        Which of them help most with the question above? Do not answer the question.
        Reply with JSON only: {"modules": [<their numbers, the most useful first>]}
        """;

    /// <summary>Put behind the question, asks to fit ways of thinking to it: <c>{modules}</c>.</summary>
    public string AdaptModules { get; init; } = """
        Ways of thinking that were chosen for the question above:
        {modules}

        Do not answer the question. Rewrite each so that it says concretely what to do for this question.
        """;

    /// <summary>Put behind the question, asks for a structure of the reasoning: <c>{modules}</c>.</summary>
    public string Structure { get; init; } = """
        What is to be done for the question above:
        {modules}

        Do not answer the question. Turn this into a structure for the reasoning: a JSON object whose keys are the steps in order and whose values say what to fill in there.
        """;

    /// <summary>Put behind the question, asks to follow a structure: <c>{structure}</c>.</summary>
    public string FollowStructure { get; init; } = """
        A structure for reasoning about the question above:
        {structure}

        Work through it step by step, filling in each part, and then write the complete answer.
        """;

    /// <summary>Put behind the question, asks for solved examples like it: <c>{count}</c>.</summary>
    public string Examples { get; init; } = """
        Collect {count} solved examples of the kind of the question above: those that the chat contains, and, where it has fewer, easier ones of your own whose answers you are sure of. Do not answer the question above.
        Reply with JSON only: {"examples": [{"question": "...", "answer": "..."}]}
        """;

    /// <summary>Asks to solve an example: <c>{question}</c>.</summary>
    public string Attempt { get; init; } = """
        Solve step by step, quickly:
        {question}
        """;

    /// <summary>Asks what may go wrong with an example: <c>{question}</c>, <c>{answer}</c>, <c>{attempt}</c>.</summary>
    public string Mistakes { get; init; } = """
        Question:
        {question}

        Right answer:
        {answer}

        Somebody's attempt:
        {attempt}

        Compare the attempt with the right answer. Where it is wrong, say which step and why; where it is right, say which mistake is easily made here. Two or three sentences.
        """;

    /// <summary>Asks for principles from mistakes: <c>{mistakes}</c>.</summary>
    public string LowPrinciples { get; init; } = """
        Mistakes with solved examples:
        {mistakes}

        Write for each a principle that would have prevented it. One line each.
        """;

    /// <summary>Asks for general principles: <c>{principles}</c>.</summary>
    public string HighPrinciples { get; init; } = """
        Principles from single examples:
        {principles}

        Combine them into at most five general principles for questions of this kind. One line each.
        """;

    /// <summary>Put behind the question, asks for an answer that keeps principles: <c>{principles}</c>.</summary>
    public string KeepPrinciples { get; init; } = """
        Principles for questions like the one above:
        {principles}

        Answer the question completely, keeping to them.
        """;

    /// <summary>Behind an answer, asks for the task that it solves: nothing is filled in.</summary>
    public string Describe { get; init; } = """
        Somebody sees only your answer and not the question. Write for them the full task that this answer solves, in such detail that they could write an equivalent answer from it. Do not include the answer itself.
        """;

    /// <summary>Asks for an answer to a described task: <c>{description}</c>.</summary>
    public string SolveDescribed { get; init; } = """
        {description}

        Write the complete answer.
        """;

    /// <summary>Put behind the question, asks to merge two answers: <c>{first}</c>, <c>{second}</c>.</summary>
    public string Merge { get; init; } = """
        Two answers to the question above; the second was written from a description of the first alone. Where they differ, one of them has an error or the question is easily misread.

        [First]
        {first}

        [Second]
        {second}

        Settle the differences by the question itself, and write the complete, best answer. Do not mention the two.
        """;

    /// <summary>Asks what a part of a long text says about the question: <c>{question}</c>, <c>{part}</c>, <c>{number}</c>, <c>{count}</c>, <c>{none}</c>.</summary>
    public string Map { get; init; } = """
        Part {number} of {count} of a long text:
        {part}
        [End of the part]

        Question about the whole text:
        {question}

        Write down everything in this part that helps to answer the question, with names, numbers and short quotations, and nothing else. If there is nothing, reply {none}.
        """;

    /// <summary>Asks for notes made of notes: <c>{question}</c>, <c>{notes}</c>.</summary>
    public string Collapse { get; init; } = """
        Notes on consecutive parts of a long text:
        {notes}
        [End of the notes]

        Question about the whole text:
        {question}

        Merge the notes into shorter ones that keep everything that helps to answer the question.
        """;

    /// <summary>Stands for the long text in the chat: <c>{notes}</c>.</summary>
    public string NotesInPlace { get; init; } = """
        (A long text stood here. These are notes on its parts that bear on the question.)
        {notes}
        (End of the notes.)
        """;

    /// <summary>The word with which a part has nothing to say.</summary>
    public string None { get; init; } = "NONE";

    /// <summary>A short name of exactly these prompts.</summary>
    public string Hash => PromptTemplate.Hash(
        Observations, Derived, Solution, AnswerFromNotes, Plan, PlanInReply, Execute, RefinePlan, SelectModules, AdaptModules, Structure, FollowStructure, Examples, Attempt, Mistakes, LowPrinciples,
        HighPrinciples, KeepPrinciples, Describe, SolveDescribed, Merge, Map, Collapse, NotesInPlace, None);
}
