using Microsoft.Extensions.AI;
using TorchSharp;
using Vilfredo.Neural.Chat;

namespace Vilfredo.Neural.Tests.Chat;

/// <summary>Alone, because the tensors of the whole process are counted.</summary>
[Collection(nameof(LiveTensorTests))]
public class ChatTensorTests
{
    [Fact]
    public async Task Answers_and_embeddings_leave_no_tensors_behind()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var model = ChatModels.New();
        using var client = new LocalChatClient(model, ChatTemplate.Text);
        using var generator = new LocalEmbeddingGenerator(model);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = torch.Tensor.TotalCount;
        for (var i = 0; i < 3; i++)
        {
            await client.GetResponseAsync("hello", new() { MaxOutputTokens = 9, FrequencyPenalty = 1, AdditionalProperties = new() { ["repetition_penalty"] = 1.2 } }, cancellation);
            await foreach (var _ in client.GetStreamingResponseAsync("hello", new() { MaxOutputTokens = 40 }, cancellation))
                break;
            await generator.GenerateAsync(["hello", "there"], cancellationToken: cancellation);
            Assert.Equal(before, torch.Tensor.TotalCount);
        }
    }
}
