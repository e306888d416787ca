using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Strategies.Coding;

/// <summary>A program and the call that wrote it.</summary>
/// <param name="Code">The program.</param>
/// <param name="Call">The call.</param>
internal sealed record WrittenProgram(string Code, Candidate Call);
