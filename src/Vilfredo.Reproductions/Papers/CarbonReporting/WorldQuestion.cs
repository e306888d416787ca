namespace Vilfredo.Reproductions.Papers;

/// <summary>Where the answer to a question can be found.</summary>
internal enum AnswerSource
{
    /// <summary>In the knowledge text alone.</summary>
    Knowledge,

    /// <summary>In the story that goes with the question.</summary>
    Story,

    /// <summary>It follows from facts of the knowledge text about the thing's kind or family.</summary>
    Inheritance,

    /// <summary>It can be guessed only.</summary>
    Nowhere,
}

/// <summary>A question with its story, and the answer.</summary>
/// <param name="Source">Where the answer can be found.</param>
/// <param name="Text">Ids of question and story.</param>
/// <param name="Answer">Ids of the answer with its end mark.</param>
internal sealed record WorldQuestion(AnswerSource Source, IReadOnlyList<int> Text, IReadOnlyList<int> Answer);
