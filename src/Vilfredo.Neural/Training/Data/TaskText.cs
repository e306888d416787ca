using Vilfredo.Measurement.Tasks;
using Vilfredo.Neural.Tokenization;

namespace Vilfredo.Neural.Training.Data;

/// <summary>How a verifiable problem becomes the tokens of a model: a mark that begins texts, the prompt and a line break; then the solution and a mark that ends texts.</summary>
public sealed class TaskText
{
    /// <summary>The chat template under which a chat client asks as problems are asked here: turns on lines of their own.</summary>
    public const string ChatTemplate = "{{ bos_token }}{% for message in messages %}{{ message.content }}\n{% endfor %}";

    private readonly ITextTokenizer _tokenizer;
    private readonly int _begin;

    /// <summary>The form for a tokenizer.</summary>
    /// <param name="tokenizer">It must know the tokens that begin and end a text.</param>
    /// <exception cref="ArgumentException">It does not.</exception>
    public TaskText(ITextTokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        if (tokenizer is not { BeginToken: { } begin, EndToken: { } end })
            throw new ArgumentException($"The tokenizer has no token that {(tokenizer.BeginToken is null ? "begins" : "ends")} a text; problems need both marks.", nameof(tokenizer));
        (_tokenizer, _begin, End) = (tokenizer, begin, end);
    }

    /// <summary>The mark that ends a solution.</summary>
    public int End { get; }

    /// <summary>What fills rows up.</summary>
    public int Padding => _tokenizer.PaddingToken ?? End;

    /// <summary>What the model is given.</summary>
    public IReadOnlyList<int> Prompt(TaskItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return [_begin, .. _tokenizer.Encode(item.Prompt + "\n")];
    }

    /// <summary>The prompt and the solution, with the number of tokens that are given.</summary>
    public (IReadOnlyList<int> Ids, int Given) Example(TaskItem item)
    {
        var prompt = Prompt(item);
        return ([.. prompt, .. _tokenizer.Encode(item.Solution), End], prompt.Count);
    }

    /// <summary>The text that a model wrote.</summary>
    public string Response(IEnumerable<int> ids) => _tokenizer.Decode(ids);
}
