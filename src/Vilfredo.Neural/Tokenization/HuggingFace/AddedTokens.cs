namespace Vilfredo.Neural.Tokenization.HuggingFace;

/// <summary>Finds added tokens in texts.</summary>
internal sealed class AddedTokens
{
    private readonly Dictionary<int, AddedToken> _tokens;
    private readonly MarkedText _marks;

    /// <param name="tokens">The tokens to find.</param>
    /// <param name="content">The text each is found by.</param>
    public AddedTokens(IEnumerable<AddedToken> tokens, Func<AddedToken, string> content)
    {
        _tokens = tokens.ToDictionary(token => token.Id);
        _marks = new MarkedText(_tokens.Values.GroupBy(content).Where(group => group.Key.Length > 0).ToDictionary(group => group.Key, group => group.Last().Id));
    }

    /// <summary>The parts of a text in order: an added token, or the text between two (never empty).</summary>
    public IEnumerable<(string Text, int? Token)> Split(string text)
    {
        var parts = _marks.Split(text).ToList();
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i].Token is { } token)
            {
                yield return (parts[i].Text, token);
                continue;
            }

            var between = parts[i].Text;
            if (i > 0 && _tokens[parts[i - 1].Token!.Value].TakesRight)
                between = between.TrimStart();
            if (i + 1 < parts.Count && _tokens[parts[i + 1].Token!.Value].TakesLeft)
                between = between.TrimEnd();
            if (between.Length > 0)
                yield return (between, null);
        }
    }
}
