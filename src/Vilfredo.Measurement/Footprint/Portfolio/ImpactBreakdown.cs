namespace Vilfredo.Measurement.Footprint.Portfolio;

/// <summary>Impacts by component and stage.</summary>
public sealed class ImpactBreakdown
{
    private static readonly int Stages = Enum.GetValues<ImpactStage>().Length;
    private readonly Impacts[] parts = new Impacts[Enum.GetValues<ImpactComponent>().Length * Stages];

    /// <summary>The impacts of a component in a stage.</summary>
    public Impacts this[ImpactComponent component, ImpactStage stage]
    {
        get => parts[(int)component * Stages + (int)stage];
        private set => parts[(int)component * Stages + (int)stage] = value;
    }

    /// <summary>All of it.</summary>
    public Impacts Total => parts.Aggregate(default(Impacts), (sum, part) => sum + part);

    /// <summary>All components in a stage.</summary>
    public Impacts Of(ImpactStage stage) => Enum.GetValues<ImpactComponent>().Aggregate(default(Impacts), (sum, component) => sum + this[component, stage]);

    /// <summary>Impacts of one inference.</summary>
    /// <param name="workload">What it does.</param>
    /// <param name="model">The generative model; not read for traditional workloads.</param>
    /// <param name="factors">The factors.</param>
    public static ImpactBreakdown OfInference(Workload workload, ServedModel? model, PortfolioFactors factors)
    {
        ArgumentNullException.ThrowIfNull(workload);
        ArgumentNullException.ThrowIfNull(factors);
        var perKilowattHour = factors.PerKilowattHour();
        var watts = workload.IsGenerative || workload.OnGraphicsProcessor ? factors.GraphicsWatts : factors.ProcessorWatts;
        var perHour = workload.IsGenerative || workload.OnGraphicsProcessor ? factors.GraphicsHour : factors.ProcessorHour;

        // Hours of one device, and the energy at the meter they mean; a stated energy means hours in turn.
        var hours = workload.ComputeKilowattHours * 1000 / (watts * factors.Pue);
        if (workload.IsGenerative)
        {
            ArgumentNullException.ThrowIfNull(model);
            hours += workload.Calls * model.Seconds(workload.OutputTokens, workload.LongPrompts) / 3600 * model.Devices;
        }

        hours += workload.SmallModelCalls * Workload.SmallModelKilowattHours * 1000 / (factors.GraphicsWatts * factors.Pue);
        var gigabyteHours = workload.Gigabytes * factors.StoredHours;
        var result = new ImpactBreakdown();
        Set(ImpactComponent.Compute, hours * watts / 1000 * factors.Pue, perHour * hours);
        Set(ImpactComponent.Storage, gigabyteHours * factors.StorageWatts / 1000 * factors.Pue, factors.StorageGigabyteHour * gigabyteHours);
        Set(ImpactComponent.Network, workload.Gigabytes * factors.NetworkKilowattHours, factors.NetworkGigabyte * workload.Gigabytes);
        return result;

        void Set(ImpactComponent component, double kilowattHours, Impacts embodied)
        {
            result[component, ImpactStage.Operational] = perKilowattHour * kilowattHours;
            result[component, ImpactStage.Embodied] = embodied;
        }
    }

    /// <summary>Impacts of a year of a use case.</summary>
    public static ImpactBreakdown OfYear(UseCase useCase, PortfolioFactors factors)
    {
        ArgumentNullException.ThrowIfNull(useCase);
        return OfYears(useCase, useCase.Inferences(factors), useCase.Count, factors);
    }

    /// <summary>Impacts of inferences and trainings of use cases that do the same.</summary>
    internal static ImpactBreakdown OfYears(UseCase useCase, double inferences, double count, PortfolioFactors factors)
    {
        var workload = useCase.Workload;
        var result = new ImpactBreakdown();
        result.Add(OfInference(workload, workload.IsGenerative ? factors.Model(useCase.Model) : null, factors), inferences);
        result[ImpactComponent.FineTuning, ImpactStage.Operational] = factors.PerKilowattHour() * (count * workload.FineTuningKilowattHours / factors.TrainingLifeYears);
        return result;
    }

    /// <summary>Adds another breakdown as many times.</summary>
    internal void Add(ImpactBreakdown other, double times)
    {
        for (var i = 0; i < parts.Length; i++) parts[i] += other.parts[i] * times;
    }
}
