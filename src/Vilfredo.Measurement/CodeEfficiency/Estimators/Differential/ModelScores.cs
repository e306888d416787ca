namespace Vilfredo.Measurement.CodeEfficiency.Estimators.Differential;

/// <summary>A model's scores over a set of tasks.</summary>
public sealed class ModelScores
{
    private readonly Dictionary<string, TaskScore> byTask;

    /// <summary>Collects the tasks of a model.</summary>
    /// <exception cref="ArgumentException">There are no tasks, two share a name, or a value is outside its range.</exception>
    public ModelScores(string model, IReadOnlyList<TaskScore> tasks)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        ArgumentNullException.ThrowIfNull(tasks);
        if (tasks.Count == 0) throw new ArgumentException($"Model '{model}' has no tasks; give at least one.", nameof(tasks));
        byTask = new Dictionary<string, TaskScore>(tasks.Count);
        foreach (var task in tasks)
        {
            if (!byTask.TryAdd(task.Task, task)) throw new ArgumentException($"Model '{model}' has task '{task.Task}' twice.", nameof(tasks));
            if (task.PassRate is not (>= 0 and <= 1) || task.Score is not (null or (>= 0 and <= 100)) || task.Normalized is not (null or (>= 0 and <= 100)))
                throw new ArgumentException($"Model '{model}', task '{task.Task}': pass rates lie in [0, 1], scores in [0, 100]; given {task}.", nameof(tasks));
            if (task.Score.HasValue != task.Normalized.HasValue)
                throw new ArgumentException($"Model '{model}', task '{task.Task}' has one of the two scores; a task that is not entered has neither.", nameof(tasks));
        }

        (Model, Tasks) = (model, [.. tasks]);
    }

    /// <summary>The model's name.</summary>
    public string Model { get; }

    /// <summary>The tasks, entered or not.</summary>
    public IReadOnlyList<TaskScore> Tasks { get; }

    /// <summary>The number of tasks that count for the scores.</summary>
    public int Entered => Tasks.Count(task => task.Score.HasValue);

    /// <summary>DPS: the mean score over the entered tasks; <see langword="null"/> when there is none.</summary>
    public double? Score => Tasks.Average(task => task.Score);

    /// <summary>DPS_norm: the mean normalised score over the entered tasks; <see langword="null"/> when there is none.</summary>
    public double? Normalized => Tasks.Average(task => task.Normalized);

    /// <summary>pass@1 over all tasks, 0 to 1.</summary>
    public double PassRate => Tasks.Average(task => task.PassRate);

    /// <summary>A task's scores, or <see langword="null"/>.</summary>
    public TaskScore? Find(string task) => byTask.GetValueOrDefault(task);
}
