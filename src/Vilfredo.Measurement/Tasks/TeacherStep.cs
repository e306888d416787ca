namespace Vilfredo.Measurement.Tasks;

/// <summary>One line of a worked solution.</summary>
/// <param name="Result">What comes out.</param>
/// <param name="Explanation">The same with what went in.</param>
internal readonly record struct TeacherStep(string Result, string Explanation);
