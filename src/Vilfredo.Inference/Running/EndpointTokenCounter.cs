namespace Vilfredo.Inference.Running;

/// <summary>Tokens of a model whose own tokenizer is not known: before a call, where an estimate must be quick, four characters each; of a call that does not report them, those of <c>o200k_base</c>.</summary>
public sealed class EndpointTokenCounter : ITokenCounter
{
    private static readonly CharacterTokenCounter Quick = new();
    private static readonly TiktokenCounter Close = new();

    /// <inheritdoc/>
    public ITokenCounter OfUsage => Close;

    /// <inheritdoc/>
    public int Count(string text) => Quick.Count(text);
}
