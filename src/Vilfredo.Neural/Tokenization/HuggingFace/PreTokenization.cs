namespace Vilfredo.Neural.Tokenization.HuggingFace;

/// <summary>How a <c>tokenizer.json</c> cuts the text into pieces across which nothing is merged.</summary>
internal sealed class PreTokenization
{
    /// <summary>What a byte-level pre-tokenizer cuts by when it names no other expression (Radford et al., GPT-2, 2019).</summary>
    private const string Gpt2Pattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    private readonly List<Step> _steps = [];

    private PreTokenization()
    {
    }

    /// <summary>One step: a piece, and whether it begins the whole text, to smaller pieces.</summary>
    private delegate IEnumerable<string> Step(string text, bool isFirst);

    /// <summary>Whether pieces are written in the characters of <see cref="ByteAlphabet"/>.</summary>
    public bool IsByteLevel { get; private set; }

    public static PreTokenization Read(JsonSection? section)
    {
        var result = new PreTokenization();
        if (section is not null)
            result.Add(section);
        return result;
    }

    /// <summary>Pieces by an expression, as bytes.</summary>
    public static PreTokenization ByteLevel(string pattern)
    {
        var result = new PreTokenization { IsByteLevel = true };
        var cut = new CodePointRegex(pattern);
        result._steps.Add((text, _) => cut.Cut(text).Select(part => part.Text));
        return result;
    }

    /// <summary>The pieces of a part of the text.</summary>
    /// <param name="text">The part, normalised.</param>
    /// <param name="isFirst">Whether the whole text begins with it.</param>
    public IEnumerable<string> Cut(string text, bool isFirst)
    {
        IEnumerable<(string Text, bool IsFirst)> pieces = [(text, isFirst)];
        foreach (var step in _steps)
            pieces = pieces.SelectMany(piece => step(piece.Text, piece.IsFirst).Select((part, index) => (part, piece.IsFirst && index == 0)));
        return pieces.Select(piece => IsByteLevel ? ByteAlphabet.Write(piece.Text) : piece.Text);
    }

    private void Add(JsonSection section)
    {
        if (IsByteLevel)
            throw section.Unsupported($"'{section.Type}' after ByteLevel", "ByteLevel in the last place");
        switch (section.Type)
        {
            case "Sequence":
                foreach (var part in section.Items("pretokenizers"))
                    Add(part);
                break;
            case "Split":
                AddSplit(section);
                break;
            case "Digits":
                var digits = new CodePointRegex(section.Flag("individual_digits") ? @"\p{N}" : @"\p{N}+");
                _steps.Add((text, _) => digits.Cut(text).Select(part => part.Text));
                break;
            case "Metaspace":
                AddMetaspace(section);
                break;
            case "ByteLevel":
                if (section.Flag("add_prefix_space", otherwise: true))
                    _steps.Add((text, _) => [text.StartsWith(' ') ? text : ' ' + text]);
                if (section.Flag("use_regex", otherwise: true))
                {
                    var words = new CodePointRegex(Gpt2Pattern);
                    _steps.Add((text, _) => words.Cut(text).Select(part => part.Text));
                }

                IsByteLevel = true;
                break;
            default:
                throw section.Unsupported($"the type '{section.Type}'", "Split, Digits, Metaspace, ByteLevel or Sequence");
        }
    }

    private void AddSplit(JsonSection section)
    {
        var pattern = new CodePointRegex(Patterns.Read(section));
        var inverted = section.Flag("invert");
        switch (section.RequiredText("behavior"))
        {
            case "Isolated":
                _steps.Add((text, _) => pattern.Cut(text).Select(part => part.Text));
                break;
            case "Removed":
                _steps.Add((text, _) => pattern.Cut(text).Where(part => part.IsMatch == inverted).Select(part => part.Text));
                break;
            case var behavior:
                throw section.Unsupported($"the behavior '{behavior}'", "Isolated or Removed");
        }
    }

    private void AddMetaspace(JsonSection section)
    {
        var mark = section.Text("replacement") ?? "▁";
        var scheme = section.Text("prepend_scheme") ?? (section.Flag("add_prefix_space", otherwise: true) ? "always" : "never");
        if (scheme is not ("always" or "first" or "never"))
            throw section.Unsupported($"the prepend_scheme '{scheme}'", "always, first or never");
        if (mark.Length != 1)
            throw section.Unsupported($"the replacement '{mark}'", "one character");
        _steps.Add((text, isFirst) =>
        {
            var marked = text.Replace(" ", mark, StringComparison.Ordinal);
            return [(scheme == "always" || (scheme == "first" && isFirst)) && !marked.StartsWith(mark, StringComparison.Ordinal) ? mark + marked : marked];
        });
        if (section.Flag("split", otherwise: true))
            _steps.Add((text, _) => BeforeEach(mark[0], text));
    }

    /// <summary>Cuts before every mark.</summary>
    private static IEnumerable<string> BeforeEach(char mark, string text)
    {
        var start = 0;
        for (var next = text.IndexOf(mark, Math.Min(1, text.Length)); next > 0; next = text.IndexOf(mark, next + 1))
        {
            yield return text[start..next];
            start = next;
        }

        if (start < text.Length)
            yield return text[start..];
    }
}
