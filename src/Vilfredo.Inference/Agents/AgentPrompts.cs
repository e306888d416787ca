using Vilfredo.Inference.Prompts;

namespace Vilfredo.Inference.Agents;

/// <summary>What the models of an agent are asked. Ours. In braces: what is filled in.</summary>
public sealed record AgentPrompts
{
    /// <summary>Asks what is known and needed: <c>{question}</c>, <c>{tools}</c>.</summary>
    public string Facts { get; init; } = """
        A task will be worked on step by step with tools. Before that, list
        1. the facts that the task gives,
        2. the facts that must be looked up, and where,
        3. the facts that must be derived.
        Do not solve the task.

        Task:
        {question}

        Tools: {tools}
        """;

    /// <summary>Asks for a plan: <c>{question}</c>, <c>{tools}</c>, <c>{facts}</c>, <c>{steps}</c>.</summary>
    public string Plan { get; init; } = """
        Write a plan for the task below: a short numbered list of steps, at most {steps}, each of which one tool can do. Do not carry it out.

        Task:
        {question}

        Tools: {tools}

        Facts:
        {facts}
        """;

    /// <summary>Asks for the facts anew: <c>{question}</c>, <c>{transcript}</c>, <c>{facts}</c>.</summary>
    public string FactsUpdate { get; init; } = """
        Bring the list of facts for the task below up to date with what has happened: the facts that the task gives, those that have been found, those that must still be looked up, those that must be derived.

        Task:
        {question}

        Facts so far:
        {facts}

        What has happened:
        {transcript}
        """;

    /// <summary>Asks for the plan anew: <c>{question}</c>, <c>{tools}</c>, <c>{facts}</c>, <c>{transcript}</c>, <c>{steps}</c>.</summary>
    public string PlanUpdate { get; init; } = """
        Write a new plan for what is left of the task below: a short numbered list. {steps} steps are left, each of which one tool can do. Do not carry it out.

        Task:
        {question}

        Tools: {tools}

        Facts:
        {facts}

        What has happened:
        {transcript}
        """;

    /// <summary>Shows the plan to the model that takes the steps: <c>{facts}</c>, <c>{plan}</c>.</summary>
    public string PlanShown { get; init; } = """
        Facts:
        {facts}

        Plan:
        {plan}
        """;

    /// <summary>Asks for a digest of a step: <c>{question}</c>, <c>{step}</c>.</summary>
    public string Digest { get; init; } = """
        Sum up the step below in one or two sentences: what was done, and every name and number that it gave.

        Task:
        {question}

        Step:
        {step}
        """;

    /// <summary>Asks for the notes anew: <c>{question}</c>, <c>{notes}</c>, <c>{step}</c>.</summary>
    public string Notes { get; init; } = """
        Rewrite the notes for the task below after the latest step. State the goal first, then what has been found, then give advice for the next step. Be short.

        Task:
        {question}

        Notes so far:
        {notes}

        Latest step:
        {step}
        """;

    /// <summary>Shows a digest that was looked up: <c>{digest}</c>.</summary>
    public string DigestShown { get; init; } = "From an earlier step: {digest}";

    /// <summary>Shows the notes: <c>{notes}</c>.</summary>
    public string NotesShown { get; init; } = "Your notes:\n{notes}";

    /// <summary>Asks for a look back at a step that was judged badly: <c>{question}</c>, <c>{transcript}</c>.</summary>
    public string Reflection { get; init; } = """
        The last step below was judged not to help. Say in one or two sentences what went wrong and what to do instead.

        Task:
        {question}

        What has happened:
        {transcript}
        """;

    /// <summary>Shows the look back: <c>{reflection}</c>.</summary>
    public string ReflectionShown { get; init; } = "About the last step: {reflection}";

    /// <summary>Asks for other wordings of a search: <c>{count}</c>, <c>{query}</c>.</summary>
    public string Rewrite { get; init; } = """
        Write {count} other wordings of the search below, which look for the same with other words.

        Search: {query}

        Reply with JSON only: {"queries": ["...", "..."]}
        """;

    /// <summary>Asks for the best answer when there are no more steps; stands behind what the model has seen.</summary>
    public string BestAnswer { get; init; } = "No more tools can be used. Give your best answer to the task now, from what has been found; end with a line \"Answer: \" and the answer alone.";

    /// <summary>Says that a reply had neither a call nor an answer.</summary>
    public string EmptyReply { get; init; } = "Your last reply was empty. Use a tool, or answer.";

    /// <summary>Asks for a short statement of the answer: <c>{question}</c>, <c>{transcript}</c>, <c>{answer}</c>.</summary>
    public string Restate { get; init; } = """
        Below are a task, what was done for it and the answer that was given. State the final answer as shortly as the task allows: a number, a name, or a list of them, in the form that the task asks for.

        Task:
        {question}

        What was done:
        {transcript}

        Given answer:
        {answer}

        Reply with one line "Answer: " and the answer alone.
        """;

    /// <summary>Asks for a score of the last step: <c>{question}</c>, <c>{plan}</c>, <c>{transcript}</c>.</summary>
    public string Progress { get; init; } = """
        Rate the last step below from 0 to 10. What counts, in this order: progress towards the answer; how severe its errors are; whether it is the short way; whether it takes heed of what was said about earlier steps; whether it repeats earlier steps; whether it fits the plan. A step that makes the task unsolvable gets 0 or 1, one that only repeats an earlier one 0 to 2.

        Task:
        {question}

        Plan:
        {plan}

        What has happened:
        {transcript}

        Reply with JSON only: {"score": <number from 0 to 10>}
        """;

    /// <summary>Asks whether an attempt solved its task: <c>{question}</c>, <c>{transcript}</c>.</summary>
    public string Outcome { get; init; } = """
        Does the attempt below solve the task, with every part of its answer supported by what was found? Be strict: when in doubt, it does not.

        Task:
        {question}

        Attempt:
        {transcript}

        Reply with JSON only: {"solved": 1} or {"solved": 0}
        """;

    /// <summary>Asks for the best of several attempts: <c>{question}</c>, <c>{count}</c>, <c>{attempts}</c>.</summary>
    public string BestAttempt { get; init; } = """
        Which of the {count} attempts below is the best? What counts: progress towards the right answer, answers that are supported by what was found, few errors, no repetition.

        Task:
        {question}

        {attempts}

        Reply with JSON only: {"best": <number of the attempt>}
        """;

    /// <summary>A short name of exactly these prompts.</summary>
    public string Hash => PromptTemplate.Hash(
        Facts, Plan, FactsUpdate, PlanUpdate, PlanShown, Digest, Notes, DigestShown, NotesShown, Reflection, ReflectionShown, Rewrite, BestAnswer, EmptyReply, Restate, Progress, Outcome, BestAttempt);
}
