namespace Vilfredo.Inference.Prompts;

/// <summary>What judges are asked. Ours: the prompts of the papers are not public. In braces: what is filled in.</summary>
public sealed record ComparisonPrompts
{
    /// <summary>Asks for a score of one answer: <c>{question}</c>, <c>{answer}</c>.</summary>
    public string Score { get; init; } = """
        Rate how likely the answer below is correct, from 0 (certainly wrong) to 10 (certainly correct). Check its steps and its result; do not reward length or style.

        Question:
        {question}

        Answer:
        {answer}

        Reply with JSON only: {"score": <number from 0 to 10>}
        """;

    /// <summary>Asks whether one answer is right: <c>{question}</c>, <c>{answer}</c>. The reply's first word is read.</summary>
    public string YesNo { get; init; } = """
        Is the answer below correct? Check its steps and its result.

        Question:
        {question}

        Answer:
        {answer}

        Reply with one word, Yes or No.
        """;

    /// <summary>Asks whether one answer follows from what was asked: <c>{question}</c>, <c>{answer}</c>. The last "correct" or "incorrect" of the reply is read.</summary>
    public string Entailment { get; init; } = """
        Below are a question, with what it gives, and an answer that a model wrote. Decide whether the answer follows from what is given and is right. Reason briefly, then decide.

        Question:
        {question}

        Answer:
        {answer}

        End with one line: "Decision: correct" or "Decision: incorrect".
        """;

    /// <summary>Asks for the better of two answers: <c>{question}</c>, <c>{first}</c>, <c>{second}</c>.</summary>
    public string Pair { get; init; } = """
        Which of the two answers below is more likely correct? Check their steps and results; do not prefer an answer for its length, style or place.

        Question:
        {question}

        [Answer A]
        {first}

        [Answer B]
        {second}

        Reply with JSON only: {"better": "A"} or {"better": "B"}, or {"better": "tie"} when neither is better.
        """;

    /// <summary>Asks for an order of several answers: <c>{question}</c>, <c>{answers}</c>, <c>{count}</c>.</summary>
    public string List { get; init; } = """
        Order the {count} answers below from the most to the least likely correct. Check their steps and results; do not prefer an answer for its length, style or place.

        Question:
        {question}

        {answers}

        Reply with JSON only: {"ranking": [<numbers of the answers, the best first>]}
        """;

    /// <summary>Asks for the best of several answers: <c>{question}</c>, <c>{answers}</c>, <c>{count}</c>.</summary>
    public string Best { get; init; } = """
        Which of the {count} answers below is the most likely correct? Compare their steps and results; do not prefer an answer for its length, style or place.

        Question:
        {question}

        {answers}

        Reply with JSON only: {"best": <number of the answer>}
        """;

    /// <summary>A short name of exactly these prompts.</summary>
    public string Hash => PromptTemplate.Hash(Score, YesNo, Entailment, Pair, List, Best);
}
