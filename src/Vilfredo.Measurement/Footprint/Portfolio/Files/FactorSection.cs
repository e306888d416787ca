using YamlDotNet.RepresentationModel;

namespace Vilfredo.Measurement.Footprint.Portfolio.Files;

/// <summary>The sections <c>factors</c> and <c>models</c> of a portfolio file.</summary>
internal static class FactorSection
{
    public static PortfolioFactors Read(PortfolioNode file)
    {
        var factors = new PortfolioFactors();
        if (file.Mapping("factors") is { } node)
        {
            // Whoever replaces a published value says where the new one comes from.
            var source = node.Text("source", "own measurements, 2026");
            var published = factors;
            factors = node.Checked(() => published with
            {
                Source = $"{source}; the rest {published.Source}",
                Pue = node.Number("pue", published.Pue),
                SiteLitresPerKwh = node.Number("site_water_l_per_kwh", published.SiteLitresPerKwh),
                PerLitre = Impact(node, "litre_of_water", published.PerLitre),
                Grid = Grid(node, published),
                GraphicsWatts = node.Number("graphics_watts", published.GraphicsWatts),
                ProcessorWatts = node.Number("processor_watts", published.ProcessorWatts),
                StorageWatts = node.Number("storage_watts_per_gb", published.StorageWatts),
                NetworkKilowattHours = node.Number("network_kwh_per_gb", published.NetworkKilowattHours),
                GraphicsHour = Impact(node, "graphics_hour", published.GraphicsHour),
                ProcessorHour = Impact(node, "processor_hour", published.ProcessorHour),
                StorageGigabyteHour = Impact(node, "storage_gb_hour", published.StorageGigabyteHour),
                NetworkGigabyte = Impact(node, "network_gb", published.NetworkGigabyte),
                StoredHours = node.Number("stored_hours", published.StoredHours),
                TrainingLifeYears = node.Number("training_life_years", published.TrainingLifeYears),
                DaysPerYear = node.Number("days_per_year", published.DaysPerYear),
            });
            node.RefuseOthers();
        }

        if (file.Mapping("models") is not { } models) return factors;
        var own = models.Keys.Select(name => Model(models.Mapping(models.Find(name)!, $"model '{name}'"), name)).ToList();
        return factors with { Models = [.. own, .. factors.Models.Where(model => own.TrueForAll(mine => mine.Name != model.Name))] };
    }

    private static ServedModel Model(PortfolioNode node, string name)
    {
        var first = Positive("first_token_s", "0.4");
        var speed = Positive("tokens_per_s", "40");
        var model = new ServedModel(name, Positive("billion_parameters", "70"), first, speed, node.Number("long_first_token_s", first), node.Number("long_tokens_per_s", speed));
        if (model is not { LongFirstTokenSeconds: > 0, LongTokensPerSecond: > 0 }) throw node.Problem("long_tokens_per_s", "times and speeds are above 0");
        node.RefuseOthers();
        return model;

        double Positive(string key, string example) => node.Number(key, example) is > 0 and var value ? value : throw node.Problem(key, $"'{key}' is above 0");
    }

    private static IReadOnlyList<GridRegion> Grid(PortfolioNode factors, PortfolioFactors published)
    {
        if (factors.Mapping("grid") is not { } grid) return published.Grid;
        return [.. grid.Keys.Select(name => Region(grid, name))];
    }

    private static GridRegion Region(PortfolioNode grid, string name)
    {
        var known = PortfolioFactors.PublishedRegions.FirstOrDefault(region => region.Name == name);
        if (grid.Find(name) is YamlScalarNode)
        {
            if (known is null)
            {
                throw grid.Problem(
                    name, $"the impacts of electricity in '{name}' are not published with the method",
                    $"Give them: {name}: {{ share: 0.4, climate: KG, water: M3E, primary_energy: MJ, resources: KG_SB }} per kWh; known are {string.Join(", ", PortfolioFactors.PublishedRegions.Select(region => region.Name))}.");
            }

            return known with { Share = grid.Number(name, "0.4") };
        }

        var node = grid.Mapping(grid.Find(name)!, $"grid '{name}'");
        var share = node.Number("share", "0.4");
        var impacts = Impact(node) with { Energy = 1 };
        node.RefuseOthers();
        return new GridRegion(name, impacts, share);
    }

    private static Impacts Impact(PortfolioNode node, string key, Impacts otherwise)
    {
        if (node.Mapping(key) is not { } impacts) return otherwise;
        var value = Impact(impacts);
        impacts.RefuseOthers();
        return value;
    }

    // All four must be there: a criterion that is left out is unknown and not 0.
    private static Impacts Impact(PortfolioNode node)
    {
        return new Impacts(0, Amount("climate", "0.05"), Amount("water", "0.01"), Amount("primary_energy", "11"), Amount("resources", "2e-8"));

        double Amount(string key, string example) => node.Number(key, example) is >= 0 and var value ? value : throw node.Problem(key, $"'{key}' is at least 0");
    }
}
