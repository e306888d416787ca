namespace Vilfredo.Studies.Execution;

/// <summary>One argument of a command template.</summary>
/// <param name="Template">
/// Its text with placeholders: <c>{knob}</c>, or <c>{knob:0.00e0}</c> with a .NET numeric format; <c>{{</c> and <c>}}</c>
/// stand for braces. Whatever is substituted, the result is one argument.
/// </param>
/// <param name="Condition">
/// When the argument is passed, in the study's expression language; <see langword="null"/> for always. Arguments that
/// belong together, such as an option and its value, repeat the same condition.
/// </param>
public sealed record CommandArgument(string Template, string? Condition = null);
