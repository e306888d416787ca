using Microsoft.Extensions.AI;
using Vilfredo.Inference.Answers;
using Vilfredo.Inference.Prompts;
using Vilfredo.Inference.Strategies.Refinement.Distilling;

namespace Vilfredo.Inference.Strategies.Refinement;

/// <summary>Settings of rounds of drafts that build on each other.</summary>
public sealed record RefinementOptions
{
    /// <summary>The drafts of each round, M_1, M_2, ...; each at least 1. Where the last is above 1, a round of one draft, whose text is the answer, follows.</summary>
    public IReadOnlyList<int> Widths { get; init => field = Checked(value); } = [8, 4, 1];

    /// <summary>Makes the workspaces between rounds. A round of one draft is not distilled: the next round reads the draft.</summary>
    public IWorkspaceDistiller Distiller { get; init; } = new SummaryDistiller();

    /// <summary>The most tokens of a workspace made of several drafts, at least 1: kappa of the paper. Counted by the run's counter.</summary>
    public int WorkspaceTokenLimit { get; init => field = AtLeast(value, nameof(WorkspaceTokenLimit)); } = 2048;

    /// <summary>Whether each draft is reviewed before the next round, which sees the reviews too: one more call for each draft (the paper's error analysis).</summary>
    public bool CritiqueBetweenRounds { get; init; }

    /// <summary>With reviews and rounds of one draft: whether a draft that the critic lets pass is the answer, so that further rounds are saved.</summary>
    public bool StopsWithoutFlaws { get; init; }

    /// <summary>The most input and output tokens along a path of calls that wait for each other, B_seq of the paper: a round that may go beyond it is not begun. At least 1; null for none. All tokens, B_total, are limited by <see cref="Budgets.Budget.TotalTokens"/>.</summary>
    public long? SequentialTokenLimit { get; init => field = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(SequentialTokenLimit), value, "At least 1 token along a path is allowed."); }

    /// <summary>The temperature of drafts where the caller sets none; null leaves the model's own.</summary>
    public double? Temperature { get; init => field = value is null or >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Temperature), value, "A temperature is at least 0."); }

    /// <summary>The most output tokens of a draft, thinking and written answer together, where the caller sets none; null for no limit.</summary>
    public int? DraftTokens { get; init => field = value is { } tokens ? AtLeast(tokens, nameof(DraftTokens)) : null; }

    /// <summary>The model of the first round; the strategy's when null.</summary>
    public IChatClient? DraftClient { get; init; }

    /// <summary>The model of the later rounds; the strategy's when null.</summary>
    public IChatClient? RefineClient { get; init; }

    /// <summary>The model that reviews; the strategy's when null.</summary>
    public IChatClient? CriticClient { get; init; }

    /// <summary>Finds the answers of drafts where a budget or failures end the work early and a vote over the last round decides.</summary>
    public IAnswerExtractor Answers { get; init; } = AnswerExtractors.Named("auto");

    /// <summary>What is asked.</summary>
    public RefinementPrompts Prompts { get; init; } = new();

    private static int AtLeast(int value, string name) => value >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is at least 1.");

    private static int[] Checked(IReadOnlyList<int> widths)
    {
        ArgumentNullException.ThrowIfNull(widths);
        if (widths.Count == 0 || widths.Any(width => width < 1))
            throw new ArgumentException($"The widths are [{string.Join(", ", widths)}]; give at least one round, each of at least 1 draft, such as [8, 4, 1].", nameof(widths));
        return widths[^1] == 1 ? [.. widths] : [.. widths, 1];
    }
}
