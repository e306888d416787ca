namespace Vilfredo.Inference.Prompts;

/// <summary>What models are asked in ensembles. Ours. In braces: what is filled in.</summary>
public sealed record EnsemblePrompts
{
    /// <summary>Put behind the question, asks for an answer made of several: <c>{answers}</c>, <c>{count}</c>.</summary>
    public string Aggregate { get; init; } = """
        Below are {count} answers to the question above, written independently. Some may be wrong or biased.

        {answers}

        Check them against the question and each other, and write one answer of your own that is better than each of them. Do not mention the answers below.
        """;

    /// <summary>Put behind the question, asks for a critique of several answers: <c>{answers}</c>, <c>{count}</c>.</summary>
    public string Critique { get; init; } = """
        Below are {count} answers to the question above. For each, say in a few sentences what is right, what is wrong and what is missing. Do not write an answer of your own.

        {answers}
        """;

    /// <summary>Put behind the question, asks for an answer made of several and a critique: <c>{answers}</c>, <c>{count}</c>, <c>{critique}</c>.</summary>
    public string AggregateCritique { get; init; } = """
        Below are {count} answers to the question above, and a review of them. Either may be wrong.

        {answers}

        [Review]
        {critique}

        Use what is right in them, avoid what is wrong, and write one complete answer of your own. Do not mention the answers or the review.
        """;

    /// <summary>Asks how several answers relate: <c>{question}</c>, <c>{answers}</c>, <c>{count}</c>.</summary>
    public string Analyse { get; init; } = """
        {count} experts have answered the question below. Compare their answers. Do not answer the question.

        Question:
        {question}

        {answers}

        Reply with JSON only, every list with short sentences:
        {"analysis": {"consensus": [what all agree on], "contradictions": [where they disagree, and who has the better reasons], "partial_coverage": [what only some treat], "unique_insights": [valuable points of one alone], "blind_spots": [what none treats and the question needs]}}
        """;

    /// <summary>Put behind the question, asks for an answer from several and their analysis: <c>{answers}</c>, <c>{count}</c>, <c>{analysis}</c>.</summary>
    public string Synthesize { get; init; } = """
        Below are {count} expert answers to the question above, and an analysis of them.

        {answers}

        [Analysis]
        {analysis}

        Write one complete answer: rely on the consensus, settle the contradictions by the better reasons, and fill the gaps. Do not mention the experts or the analysis.
        """;

    /// <summary>Put behind the question, asks for a wrong answer that looks right: the sneaky prover.</summary>
    public string Sneaky { get; init; } = """
        Your part is to test a reviewer. Write an answer to the question above that looks right and careful but comes to a wrong result by one subtle error. Do not point the error out.
        """;

    /// <summary>Put behind the question, asks what a verifier learnt from a round: <c>{best}</c>, <c>{score}</c>, <c>{sneaky}</c>, <c>{sneaky_score}</c>.</summary>
    public string Lesson { get; init; } = """
        A reviewer rated answers to the question above from 0 to 10.

        [Best honest answer, rated {score}]
        {best}

        [Most convincing answer that was made to mislead, rated {sneaky_score}]
        {sneaky}

        In at most five short points: where is an answer to this question likely to go wrong, and what must be shown so that a reviewer can check it? Do not answer the question.
        """;

    /// <summary>Put behind the question, asks for an answer that heeds what was learnt: <c>{lesson}</c>.</summary>
    public string Heed { get; init; } = """
        Reviewers of earlier answers to the question above advise:
        {lesson}

        Write the complete answer so that each step can be checked.
        """;

    /// <summary>Put behind the question, asks for the strategies of several answers: <c>{answers}</c>, <c>{count}</c>.</summary>
    public string Strategies { get; init; } = """
        Below are {count} answers to the question above. Name the ways of solving that they take, at most five, each in one sentence with what it is good for here and where it fails. Do not give results.

        {answers}
        """;

    /// <summary>Put behind the question, asks for an answer that uses strategies of others: <c>{strategies}</c>.</summary>
    public string UseStrategies { get; init; } = """
        Others have found these ways of solving useful for the question above:
        {strategies}

        Pick what fits, and write the complete answer.
        """;

    /// <summary>Asks whether an answer is right: <c>{question}</c>, <c>{answer}</c>.</summary>
    public string Verify { get; init; } = """
        Check the answer below step by step, as if you had to find an error.

        Question:
        {question}

        Answer:
        {answer}

        Reply with JSON only: {"verdict": {"correct": true or false, "flaws": "<what is wrong, empty when nothing is>"}}
        """;

    /// <summary>Asks for a corrected answer, behind the answer: <c>{flaws}</c>.</summary>
    public string Correct { get; init; } = """
        Reviewers object to this answer:
        {flaws}

        They may be wrong. Check each objection, mend what is really wrong, and write the complete answer. Do not mention the review.
        """;

    /// <summary>A short name of exactly these prompts.</summary>
    public string Hash => PromptTemplate.Hash(Aggregate, Critique, AggregateCritique, Analyse, Synthesize, Sneaky, Lesson, Heed, Strategies, UseStrategies, Verify, Correct);
}
