using Microsoft.Extensions.AI;
using TorchSharp;
using Vilfredo.Neural.Chat;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Tests.Chat;

public class LocalEmbeddingGeneratorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_embedding_is_the_mean_of_the_last_states_alone_or_of_length_one()
    {
        using var model = ChatModels.New();
        using var plain = new LocalEmbeddingGenerator(model, normalizes: false);
        using var unit = new LocalEmbeddingGenerator(model);
        var embeddings = await plain.GenerateAsync(["hi", "there"], cancellationToken: Cancellation);
        Assert.Equal(3 + 6, embeddings.Usage!.InputTokenCount);

        using var scope = NewDisposeScope();
        var hidden = model.Decoder.Run(new() { Ids = tensor(new long[] { 256, 'h', 'i' }).unsqueeze(0) }).Hidden;
        var vector = embeddings[0].Vector.ToArray();
        for (var i = 0; i < 16; i++)
            Assert.Equal(Enumerable.Range(0, 3).Average(t => hidden[0, t, i].item<float>()), vector[i], 1e-5);

        var normalized = (await unit.GenerateAsync(["hi"], cancellationToken: Cancellation))[0].Vector.ToArray();
        var length = Math.Sqrt(vector.Sum(value => (double)value * value));
        Assert.Equal(1, normalized.Sum(value => value * value), 1e-5);
        Assert.All(vector.Zip(normalized), pair => Assert.Equal(pair.First / length, pair.Second, 1e-5));
    }

    [Fact]
    public async Task What_it_cannot_embed_is_refused()
    {
        using var model = ChatModels.New();
        using var generator = new LocalEmbeddingGenerator(model);
        Assert.Contains("Text 1 has 201 tokens", (await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(["a", new string('a', 200)], cancellationToken: Cancellation))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(["a"], new() { Dimensions = 8 }, Cancellation));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => generator.GenerateAsync(["a"], cancellationToken: new CancellationToken(canceled: true)));
        Assert.Equal(16, generator.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelDimensions);
    }
}
