namespace Vilfredo.Inference.Prompts;

/// <summary>What models are asked when they search. Ours. In braces: what is filled in.</summary>
public sealed record SearchPrompts
{
    /// <summary>The mark of a step that ends the reasoning; the answer stands behind it.</summary>
    public string Mark { get; init; } = "Answer:";

    /// <summary>Behind an answer, asks for a better one: <c>{score}</c>.</summary>
    public string Improve { get; init; } = """
        A reviewer gave this answer {score} of 10 points. Find what is wrong or missing, or take another approach if this one does not work, and write the complete improved answer. Do not mention the review.
        """;

    /// <summary>Put behind the question, asks for the first step: <c>{mark}</c>.</summary>
    public string FirstStep { get; init; } = """
        Solve this in steps. Write only the first step: one idea or calculation, a few sentences. If it already settles the question, end with a line "{mark} <the answer>".
        """;

    /// <summary>Put behind the question, asks for the next step: <c>{steps}</c>, <c>{mark}</c>.</summary>
    public string NextStep { get; init; } = """
        Steps of a solution so far:
        {steps}

        Write only the next step: one idea or calculation, a few sentences. If it settles the question, end with a line "{mark} <the answer>".
        """;

    /// <summary>Put behind the question, asks for all that is left: <c>{steps}</c>, <c>{mark}</c>.</summary>
    public string LastSteps { get; init; } = """
        Steps of a solution so far:
        {steps}

        Write all remaining steps, and end with a line "{mark} <the answer>".
        """;

    /// <summary>Put behind the question, asks for a sub-question and its answer: <c>{steps}</c>, <c>{mark}</c>.</summary>
    public string SubQuestion { get; init; } = """
        Steps of a solution so far:
        {steps}

        Write the next sub-question that must be settled, and answer it: two lines that begin with "Sub-question:" and "Reply:". If that settles the question, end with a line "{mark} <the answer>".
        """;

    /// <summary>Put behind the question, asks to answer the last sub-question anew: <c>{steps}</c>, <c>{mark}</c>.</summary>
    public string AnswerAnew { get; init; } = """
        Steps of a solution so far:
        {steps}

        Answer the last sub-question again, step by step and without looking at its reply. Write one line that begins with "New reply:". If that settles the question, end with a line "{mark} <the answer>".
        """;

    /// <summary>Put behind the question, asks to put it in other words: nothing is filled in.</summary>
    public string Rephrase { get; init; } = """
        Do not solve this. Put the question in other words: list its conditions one by one, and then what is asked.
        """;

    /// <summary>Asks how promising steps are: <c>{question}</c>, <c>{steps}</c>.</summary>
    public string Progress { get; init; } = """
        Rate a partial solution of the question below, from 0 (contains an error or leads nowhere) to 10 (all right and sure to lead to the answer). Check each step.

        Question:
        {question}

        Steps so far:
        {steps}

        Reply with JSON only: {"score": <number from 0 to 10>}
        """;

    /// <summary>Put behind the question, asks to complete a solution that was begun: <c>{steps}</c>, <c>{mark}</c>.</summary>
    public string Complete { get; init; } = """
        A solution was begun:
        {steps}

        Go on from exactly there, and end with a line "{mark} <the answer>".
        """;

    /// <summary>Put behind the question, asks for the answer from steps: <c>{steps}</c>.</summary>
    public string Conclude { get; init; } = """
        Reasoning about the question above, which may contain errors:
        {steps}

        Write the complete answer to the question, in the form that is asked for. Do not mention the reasoning above.
        """;

    /// <summary>Stands for steps where there are none.</summary>
    public string NoSteps { get; init; } = "(none)";

    /// <summary>A short name of exactly these prompts.</summary>
    public string Hash => PromptTemplate.Hash(Mark, Improve, FirstStep, NextStep, LastSteps, SubQuestion, AnswerAnew, Rephrase, Progress, Complete, Conclude, NoSteps);
}
