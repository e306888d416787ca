namespace Vilfredo.Measurement.Footprint.Portfolio;

/// <summary>What one inference of a kind of use does.</summary>
public sealed record Workload
{
    private const double GigabytesPerToken = 4e-9;

    /// <summary>Tokens read per inference.</summary>
    public double InputTokens { get; init; }

    /// <summary>Tokens written per call of the generative model.</summary>
    public double OutputTokens { get; init; }

    /// <summary>Calls of the generative model; 0 when there is none.</summary>
    public double Calls { get; init; }

    /// <summary>Whether prompts are long.</summary>
    public bool LongPrompts { get; init; }

    /// <summary>Calls of a small language model beside it: a search, a function.</summary>
    public double SmallModelCalls { get; init; }

    /// <summary>kWh of the data centre for the computation of a traditional model; 0 for generative ones.</summary>
    public double ComputeKilowattHours { get; init; }

    /// <summary>Whether that computation runs on graphics processors.</summary>
    public bool OnGraphicsProcessor { get; init; }

    /// <summary>GB of a traditional model's input, or <see langword="null"/> to count tokens.</summary>
    public double? InputGigabytes { get; init; }

    /// <summary>How often input and output are stored and sent.</summary>
    public double Copies { get; init; } = 1;

    /// <summary>kWh of the data centre for fitting the model to a use case, once per 5 years.</summary>
    public double FineTuningKilowattHours { get; init; }

    /// <summary>Whether a generative model is called.</summary>
    public bool IsGenerative => Calls > 0;

    /// <summary>GB that an inference stores and sends: 4 bytes per token, or its input.</summary>
    public double Gigabytes => InputGigabytes ?? Copies * (InputTokens + OutputTokens) * GigabytesPerToken;

    /// <summary>The typical inference of a kind (arXiv 2501.14334: means of conversation sets and of function-calling and retrieval benchmarks).</summary>
    public static Workload Of(UseCaseKind kind) => kind switch
    {
        UseCaseKind.Chat => new Workload { InputTokens = 126.89, OutputTokens = 208.45, Calls = 1 },
        UseCaseKind.RetrievalAugmented => new Workload { InputTokens = 5333, OutputTokens = 363, Calls = 1, LongPrompts = true, SmallModelCalls = 1 },
        UseCaseKind.Agents => new Workload { InputTokens = 405.65, OutputTokens = 390.93, Calls = 3.03, SmallModelCalls = 3.03, Copies = 2 },
        UseCaseKind.ComputerVision => new Workload { ComputeKilowattHours = 2.58e-5, OnGraphicsProcessor = true, InputGigabytes = 6.22e-3, FineTuningKilowattHours = 21.0 },
        UseCaseKind.LanguageProcessing => new Workload { ComputeKilowattHours = SmallModelKilowattHours, OnGraphicsProcessor = true, InputGigabytes = 2e-6, FineTuningKilowattHours = 0.881 },
        UseCaseKind.Tabular => new Workload { ComputeKilowattHours = 2.99e-8, InputGigabytes = 1e-7, FineTuningKilowattHours = 2.00 },
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Choose a kind of UseCaseKind."),
    };

    /// <summary>kWh of the data centre for a call of a small language model.</summary>
    internal const double SmallModelKilowattHours = 3.60e-6;
}
