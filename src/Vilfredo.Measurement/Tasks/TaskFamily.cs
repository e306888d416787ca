namespace Vilfredo.Measurement.Tasks;

/// <summary>What all families share: argument checks, drawing until the split fits, the teacher's text, finding the answer.</summary>
public abstract class TaskFamily : ITaskFamily
{
    private const int MaximumDraws = 10_000;

    private protected TaskFamily()
    {
    }

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract string Description { get; }

    /// <inheritdoc/>
    public abstract int MaximumDifficulty { get; }

    /// <inheritdoc/>
    public TaskItem Generate(
        int difficulty, RandomGenerator random, Teacher? teacher = null, TaskSplit? split = null, TaskSplitter? splitter = null)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (difficulty < 1 || difficulty > MaximumDifficulty)
        {
            throw new ArgumentOutOfRangeException(
                nameof(difficulty), difficulty, $"The difficulty of {Name} must be from 1 to {MaximumDifficulty}.");
        }

        for (var draw = 0; draw < MaximumDraws; draw++)
        {
            var draft = Draw(difficulty, random);
            if (split is { } wanted && (splitter ?? TaskSplitter.Default).SplitOf(Name, draft.Problem) != wanted)
                continue;
            return new TaskItem
            {
                Family = Name,
                Problem = draft.Problem,
                Prompt = draft.Prompt,
                Answer = draft.Answer,
                Difficulty = difficulty,
                Steps = draft.Steps.Count,
                Solution = (teacher ?? new Teacher()).Write(draft.Steps, draft.Answer),
            };
        }

        throw new InvalidOperationException(
            $"{Name}, difficulty {difficulty}: none of {MaximumDraws} problems is in the split {split}; give the split a larger share.");
    }

    /// <inheritdoc/>
    public Grade Check(TaskItem item, string response)
    {
        ArgumentNullException.ThrowIfNull(item);
        return AnswerText.TryRead(response, out var answer) ? Judge(item, answer) : Grade.IllFormed;
    }

    internal abstract TaskDraft Draw(int difficulty, RandomGenerator random);

    /// <summary>Judges an answer of 1 to <see cref="AnswerText.MaximumLength"/> characters, trimmed, without line breaks.</summary>
    internal abstract Grade Judge(TaskItem item, string answer);
}
