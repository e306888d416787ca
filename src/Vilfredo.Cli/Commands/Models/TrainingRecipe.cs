using Vilfredo.Measurement.Tasks;
using Vilfredo.Neural.Tokenization;
using Vilfredo.Neural.Training;
using Vilfredo.Neural.Training.Optimizers;
using Vilfredo.Neural.Training.Schedules;
using Vilfredo.Neural.Transformers;

namespace Vilfredo.Cli.Commands.Models;

/// <summary>What a training file asks for, checked.</summary>
internal sealed record TrainingRecipe
{
    /// <summary>The shape of the model, with the size of the tokenizer's vocabulary.</summary>
    public required DecoderConfig Model { get; init; }

    /// <summary>The tokenizer.</summary>
    public required ITextTokenizer Tokenizer { get; init; }

    /// <summary>The problems that are trained on; null when the data are texts.</summary>
    public TaskMix? Tasks { get; init; }

    /// <summary>How solutions of problems are written.</summary>
    public Teacher Teacher { get; init; } = new();

    /// <summary>The files of text that are trained on, in full; none when the data are problems.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>The share of a text, at its end, that is kept for evaluation.</summary>
    public double ValidationShare { get; init; } = 0.05;

    /// <summary>The rows of a batch.</summary>
    public int Rows { get; init; } = 32;

    /// <summary>The tokens of a window of text, or the longest example of a problem.</summary>
    public int Length { get; init; } = 256;

    /// <summary>Makes the optimiser of a model.</summary>
    public required Func<Decoder, IOptimizer> Optimizer { get; init; }

    /// <summary>The learning rates over the steps.</summary>
    public required ISchedule Schedule { get; init; }

    /// <summary>The steps in all.</summary>
    public required long Steps { get; init; }

    /// <summary>The batches of a step.</summary>
    public int Accumulation { get; init; } = 1;

    /// <summary>The largest norm of a gradient.</summary>
    public double ClipNorm { get; init; } = 1;

    /// <summary>What is done with a step that is not finite.</summary>
    public NonFinitePolicy NonFinite { get; init; }

    /// <summary>Steps between evaluations; null evaluates at the end.</summary>
    public int? EvaluateEvery { get; init; }

    /// <summary>The batches of an evaluation.</summary>
    public int EvaluationBatches { get; init; } = 8;

    /// <summary>Problems that the finished model is asked per family and difficulty; 0 for none.</summary>
    public int Problems { get; init; } = 100;

    /// <summary>The most tokens of an answer.</summary>
    public int MaxTokens { get; init; } = 256;

    /// <summary>Steps between checkpoints.</summary>
    public int CheckpointEvery { get; init; } = 200;

    /// <summary>The threads of tensor operations; null leaves the library's choice.</summary>
    public int? Threads { get; init; }

    /// <summary>The power that the machine draws, in watts; null leaves energy out.</summary>
    public double? PowerWatts { get; init; }

    /// <summary>The seed of weights and data.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The folder of a model, in full, whose weights the training begins with; null for fresh ones.</summary>
    public string? From { get; init; }

    /// <summary>The folder of the model, in full.</summary>
    public required string Output { get; init; }

    /// <summary>The text of the file; a training is continued with the same text only.</summary>
    public required string Text { get; init; }
}
