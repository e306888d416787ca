namespace Vilfredo.Reproductions.Papers;

/// <summary>A question about a <see cref="HopWorld"/>.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Text">The question.</param>
/// <param name="Answer">The right answer: a name.</param>
/// <param name="Level">1 to 3.</param>
internal sealed record HopQuestion(string Id, string Text, string Answer, int Level);
