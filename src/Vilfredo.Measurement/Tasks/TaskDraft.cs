namespace Vilfredo.Measurement.Tasks;

/// <summary>A drawn problem before a teacher has written its solution.</summary>
/// <param name="Problem">The canonical form.</param>
/// <param name="Prompt">What the solver reads.</param>
/// <param name="Answer">A right answer.</param>
/// <param name="Steps">The worked solution.</param>
internal sealed record TaskDraft(string Problem, string Prompt, string Answer, IReadOnlyList<TeacherStep> Steps);
