using Vilfredo.Neural.Chat;
using Vilfredo.Neural.Tokenization;
using Vilfredo.Neural.Transformers;

namespace Vilfredo.Neural.Tests.Chat;

/// <summary>A tiny model with random weights that reads and writes bytes.</summary>
internal static class ChatModels
{
    public static readonly DecoderConfig Shape = new()
    {
        VocabSize = 264, // five ids more than the tokenizer has
        HiddenSize = 16,
        IntermediateSize = 32,
        NumHiddenLayers = 2,
        NumAttentionHeads = 2,
        InitializerRange = 0.6,
        MaxPositionEmbeddings = 120,
    };

    public static LocalModel New(long seed = 4) => new(new Decoder(Shape, seed), new ByteTokenizer(), "tiny");
}
