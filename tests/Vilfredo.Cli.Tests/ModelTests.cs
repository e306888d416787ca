using System.Diagnostics;
using System.Text.Json;

namespace Vilfredo.Cli.Tests;

/// <summary>The commands train, generate and inspect, on a model of a few thousand parameters.</summary>
public sealed class ModelTests : IDisposable
{
    private const string Small = """
        model: { hidden_size: 16, num_hidden_layers: 1, num_attention_heads: 2, intermediate_size: 32, tie_word_embeddings: true }
        data:
          tasks: [{ family: arithmetic, difficulty: 1 }]
          rows: 4
          length: 128
        steps: 12
        evaluation: { every: 5, batches: 1, problems: 3, max_tokens: 8 }
        checkpoint_every: 4
        threads: 1
        output: small
        """;

    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void A_trained_model_has_weights_tokenizer_card_and_log_and_answers()
    {
        var trained = Worked(_cli.With("small.yaml", Small).Run("train", "small.yaml", "--json")).Json;
        Assert.Equal(12, trained.GetProperty("steps").GetInt32());
        Assert.True(trained.GetProperty("loss").GetProperty("validation").GetDouble() > 0);
        Assert.Equal(3, trained.GetProperty("scores")[0].GetProperty("problems").GetInt32());
        Assert.All(["config.json", "model.safetensors", "vilfredo_tokenizer.json", "chat_template.jinja", "train.yaml", "README.md", "training/log.csv"], file => Assert.True(File.Exists(PathOf(Path.Combine("small", file))), file));
        Assert.Contains("| arithmetic | 1 | 3 |", File.ReadAllText(PathOf("small/README.md")), StringComparison.Ordinal);

        var answers = Worked(_cli.Run("generate", "small", "--prompt", "What is 1 + 1?", "--max-tokens", "5", "--count", "2", "--json")).Json;
        Assert.Equal(2, answers.GetArrayLength());
        // The mark that begins, the prompt and a line break.
        Assert.Equal("What is 1 + 1?".Length + 2, answers[0].GetProperty("prompt_tokens").GetInt32());
        Assert.Equal(answers[0].GetProperty("text").GetString(), answers[1].GetProperty("text").GetString());

        var inspected = Worked(_cli.Run("inspect", "small", "--tensors", "--json")).Json;
        var total = inspected.GetProperty("parameters").GetProperty("total").GetInt64();
        Assert.Equal(total, inspected.GetProperty("numbers").GetInt64());
        Assert.Equal(4 * total, inspected.GetProperty("tensors").EnumerateArray().Sum(tensor => tensor.GetProperty("bytes").GetInt64()));
    }

    [Fact]
    public async Task A_training_that_is_killed_goes_on_to_the_same_bits()
    {
        var many = Small.Replace("steps: 12", "steps: 400", StringComparison.Ordinal).Replace("problems: 3", "problems: 0", StringComparison.Ordinal).Replace("every: 5", "every: 100", StringComparison.Ordinal);
        _cli.With("many.yaml", many);
        Worked(_cli.Run("train", "many.yaml", "--output", "whole"));

        using (var killed = Process.Start(Cli.Prepare(_cli.Directory, "train", "many.yaml"))!)
        {
            var checkpoint = PathOf("small/training/training.safetensors");
            while (!killed.HasExited && !File.Exists(checkpoint))
                await Task.Yield();
            killed.Kill();
            await killed.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.False(File.Exists(PathOf("small/model.safetensors")), "the training ended before it was killed");
        Assert.Contains("going on after step", Worked(_cli.Run("train", "many.yaml")).Error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(PathOf("whole/model.safetensors")), File.ReadAllBytes(PathOf("small/model.safetensors")));
        Assert.Equal(Losses("whole"), Losses("small"));

        string[] Losses(string model) => [.. File.ReadAllLines(PathOf($"{model}/training/log.jsonl")).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("loss").GetRawText())];
    }

    [Fact]
    public void A_checkpoint_of_a_changed_file_is_refused_unless_it_is_to_begin_anew()
    {
        Worked(_cli.With("small.yaml", Small).Run("train", "small.yaml"));
        Worked(_cli.With("small.yaml", "# a comment may change\n" + Small).Run("train", "small.yaml"));
        Refused(_cli.With("small.yaml", Small.Replace("rows: 4", "rows: 5", StringComparison.Ordinal)).Run("train", "small.yaml"), "'rows: 4' where there is 'rows: 5'");
        Worked(_cli.Run("train", "small.yaml", "--fresh"));
    }

    [Fact]
    public void A_model_of_text_continues_it()
    {
        var text = string.Concat(Enumerable.Repeat("abcdefgh", 60));
        var file = Small.Replace("tasks: [{ family: arithmetic, difficulty: 1 }]", "text: letters.txt", StringComparison.Ordinal)
            .Replace("length: 128", "length: 16", StringComparison.Ordinal).Replace("steps: 12", "steps: 150\noptimizer: { kind: muon, learning_rate: 0.01 }", StringComparison.Ordinal);
        Worked(_cli.With("letters.txt", text).With("letters.yaml", file).Run("train", "letters.yaml"));
        var answer = Worked(_cli.Run("generate", "small", "--prompt", "abcdefghabc", "--template", "bare-text", "--max-tokens", "8"));
        Assert.Equal("defghabc", answer.Lines[0]);
    }

    [Fact]
    public void A_second_stage_trains_new_streams_of_a_frozen_model_alone()
    {
        Worked(_cli.With("small.yaml", Small).Run("train", "small.yaml"));
        var second = Small.Replace("hidden_size: 16", "hidden_size: 16, parscale_n: 2, parscale_n_tokens: 3", StringComparison.Ordinal)
            .Replace("threads: 1", "threads: 1\nfrom: small\noptimizer: { kind: muon, groups: [{ match: '*prefix_?', learning_rate: 0.05, kind: adamw }, { match: 'model.aggregate_layer.*' }, { match: '*', frozen: true }] }", StringComparison.Ordinal)
            .Replace("output: small", "output: streams", StringComparison.Ordinal);
        Assert.Contains("tensors begin fresh", Worked(_cli.With("second.yaml", second).Run("train", "second.yaml")).Error, StringComparison.Ordinal);
        using var before = Neural.Transformers.DecoderCheckpoint.Load(PathOf("small"));
        using var after = Neural.Transformers.DecoderCheckpoint.Load(PathOf("streams"));
        var (old, now) = (before.state_dict(), after.state_dict());
        Assert.Equal(old.Keys, old.Keys.Intersect(now.Keys));
        Assert.All(old, pair => Assert.Equal(pair.Value.data<float>().ToArray(), now[pair.Key].data<float>().ToArray()));
        Refused(_cli.With("bad.yaml", second.Replace("'*prefix_?'", "'prefix'", StringComparison.Ordinal)).Run("train", "bad.yaml"), "No parameter matches 'prefix'");
        Refused(_cli.With("bad.yaml", second.Replace("from: small", "from: nowhere", StringComparison.Ordinal)).Run("train", "bad.yaml"), "'from'");
    }

    [Theory]
    [InlineData("threads: 1", "optimizer: { groups: [{ learning_rate: 1 }] }", "needs 'match'")]
    [InlineData("threads: 1", "optimizer: { groups: [{ match: '*', frozen: true, learning_rate: 1 }] }", "what is frozen has no learning rate")]
    [InlineData("threads: 1", "optimizer: { groups: [{ match: '*', kind: muon }] }", "it can only be adamw")]
    [InlineData("steps: 12", "", "needs 'steps'")]
    [InlineData("hidden_size: 16", "hidden_size: 15", "'model'")]
    [InlineData("hidden_size: 16", "hiden_size: 16", "unknown key 'hiden_size'")]
    [InlineData("arithmetic", "arithmetics", "no family 'arithmetics'")]
    [InlineData("difficulty: 1", "difficulty: 30", "from 1 to 20")]
    [InlineData("rows: 4", "rows: 0", "'rows' is 0; it must be at least 1")]
    [InlineData("threads: 1", "thread: 1", "did you mean 'threads'")]
    [InlineData("threads: 1", "tokenizer: nowhere", "'tokenizer' is 'characters', 'bytes', { kind: bpe, vocabulary: 512 } or the folder of a model")]
    [InlineData("threads: 1", "schedule: { kind: step }", "there are constant, cosine, linear and wsd")]
    [InlineData("threads: 1", "schedule: { warmup: 12 }", "'schedule'")]
    [InlineData("threads: 1", "optimizer: { kind: sgd }", "there are adamw and muon")]
    [InlineData("tasks: [{ family: arithmetic, difficulty: 1 }]", "", "'data' needs either 'tasks'")]
    public void Files_that_make_no_sense_are_refused(string part, string replacement, string message) =>
        Refused(_cli.With("bad.yaml", Small.Replace(part, replacement, StringComparison.Ordinal)).Run("train", "bad.yaml"), message);

    [Fact]
    public void Models_that_are_not_there_are_refused()
    {
        Refused(_cli.Run("train", "nothing.yaml"), "nothing.yaml");
        Refused(_cli.Run("generate", "nothing", "--prompt", "a"), "nothing");
        Refused(_cli.Run("inspect", "nothing"), "nothing");
        Refused(_cli.With("junk.safetensors", "junk").Run("inspect", "junk.safetensors"), "junk.safetensors");
        Directory.CreateDirectory(PathOf("empty"));
        Refused(_cli.Run("inspect", "empty"), "no safetensors file");
    }

    private string PathOf(string file) => Path.Combine(_cli.Directory, file);

    /// <summary>A result of a command that tells of its progress on standard error.</summary>
    private static Cli.Result Worked(Cli.Result result)
    {
        Assert.True(result.ExitCode == 0, result.Error);
        return result;
    }

    private static void Refused(Cli.Result result, string message)
    {
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }
}
