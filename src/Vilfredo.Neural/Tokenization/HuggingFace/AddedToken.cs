namespace Vilfredo.Neural.Tokenization.HuggingFace;

/// <summary>A token that is found in the text before anything is merged.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">The text it is found by.</param>
/// <param name="IsSpecial">Whether it stands for no text.</param>
/// <param name="IsNormalized">Whether it is looked for in the normalised text.</param>
/// <param name="TakesLeft">Whether it swallows white space before it.</param>
/// <param name="TakesRight">Whether it swallows white space after it.</param>
internal sealed record AddedToken(int Id, string Content, bool IsSpecial, bool IsNormalized, bool TakesLeft, bool TakesRight)
{
    public static AddedToken Read(JsonSection section) => Read(section, section.Integer("id"));

    /// <summary>Reads a token whose id stands elsewhere.</summary>
    public static AddedToken Read(JsonSection section, int id)
    {
        if (section.Flag("single_word"))
            throw section.Unsupported("\"single_word\": true", "false");
        var special = section.Flag("special");
        return new(id, section.RequiredText("content"), special, section.Flag("normalized", !special), section.Flag("lstrip"), section.Flag("rstrip"));
    }
}
