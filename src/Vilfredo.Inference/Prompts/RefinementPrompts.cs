namespace Vilfredo.Inference.Prompts;

/// <summary>What models are asked in order to improve answers. Ours: the prompts of the papers are not public. In braces: what is filled in.</summary>
public sealed record RefinementPrompts
{
    /// <summary>Put behind the question, asks for a better version of one draft: <c>{draft}</c>.</summary>
    public string Refine { get; init; } = """
        Here is an earlier attempt at the question above. It may contain errors.

        [Attempt]
        {draft}
        [End of the attempt]

        Check it, mend what is wrong, keep what is right, and write the complete improved answer. If its approach does not work, take another. Do not mention the attempt.
        """;

    /// <summary>Put behind the question, asks for a better version of one draft whose flaws have been listed: <c>{draft}</c>, <c>{flaws}</c>.</summary>
    public string RefineFlaws { get; init; } = """
        Here is an earlier attempt at the question above, and a review of it. Either may contain errors.

        [Attempt]
        {draft}
        [End of the attempt]

        [Review]
        {flaws}
        [End of the review]

        Mend the flaws that are real, keep what is right, and write the complete improved answer. Do not mention the attempt or the review.
        """;

    /// <summary>Put behind the question, asks for an answer that uses a workspace: <c>{workspace}</c>.</summary>
    public string Improve { get; init; } = """
        Here is what earlier attempts at the question above have brought. It may contain errors.

        [Workspace]
        {workspace}
        [End of the workspace]

        Check what you use of it. Write the complete, best answer. If all of it looks wrong, take another approach. Do not mention the workspace.
        """;

    /// <summary>How each of several drafts stands in a workspace: <c>{number}</c>, from 1, and <c>{draft}</c>. One draft alone stands there as it is.</summary>
    public string Draft { get; init; } = "[Draft {number}]\n{draft}";

    /// <summary>What stands between drafts of a workspace.</summary>
    public string DraftSeparator { get; init; } = "\n\n";

    /// <summary>Asks for a summary of drafts: <c>{question}</c>, <c>{drafts}</c>, <c>{count}</c>, <c>{limit}</c>.</summary>
    public string Summary { get; init; } = """
        Below are {count} attempts at one question. Do not solve the question anew. Write notes for somebody who will, in at most {limit} tokens, under these headings:
        Agreements: what the attempts have in common.
        Contradictions: where they differ, and which side has the better reasons.
        Facts: intermediate results that can be relied on.
        Open: what is not settled.
        Next: what to do next.

        Question:
        {question}

        {drafts}
        """;

    /// <summary>Asks for the best drafts: <c>{question}</c>, <c>{drafts}</c>, <c>{count}</c>, <c>{keep}</c>.</summary>
    public string Select { get; init; } = """
        Pick the {keep} of the {count} attempts below that help most to answer the question rightly. Check their steps and results; do not prefer an attempt for its length, style or place.

        Question:
        {question}

        {drafts}

        Reply with JSON only: {"keep": [<numbers of {keep} attempts, the best first>]}
        """;

    /// <summary>Asks for the flaws of one draft: <c>{question}</c>, <c>{draft}</c>.</summary>
    public string Critique { get; init; } = """
        Review the answer below. List its flaws, the most serious first: wrong steps, wrong results, parts of the question that are missed. Do not write a new answer.

        Question:
        {question}

        Answer:
        {draft}

        End with JSON on a line of its own: {"revise": true} if the answer should be changed, {"revise": false} if it is right and complete.
        """;

    /// <summary>The user's turn that asks for a revision of the answer before it.</summary>
    public string Revise { get; init; } = "Check your answer step by step. Mend what is wrong, and write the complete revised answer.";

    /// <summary>The user's turn that asks for a revision unless there is nothing to revise: <c>{done}</c>.</summary>
    public string ReviseOrDone { get; init; } = "Check your answer step by step. If it is right and complete, reply with the one word {done}. Otherwise mend what is wrong, and write the complete revised answer.";

    /// <summary>The word with which the model says that there is nothing to revise.</summary>
    public string Done { get; init; } = "DONE";

    /// <summary>Put behind the question, asks for thinking, reflection and answer in tags.</summary>
    public string Reflect { get; init; } = """
        Work in three parts, and write the tags exactly so:
        <thinking>
        Solve it step by step.
        <reflection>
        Look for errors in the steps, and correct them.
        </reflection>
        </thinking>
        <output>
        The final answer alone, complete and in the form that was asked for.
        </output>
        """;

    /// <summary>Put behind the question, has it read again: <c>{question}</c>.</summary>
    public string Reread { get; init; } = "Read the question again: {question}";

    /// <summary>A short name of exactly these prompts.</summary>
    public string Hash => PromptTemplate.Hash(Refine, RefineFlaws, Improve, Draft, DraftSeparator, Summary, Select, Critique, Revise, ReviseOrDone, Done, Reflect, Reread);
}
