using Vilfredo.Benchmarks.CodeEfficiency;
using Vilfredo.Benchmarks.Footprint;
using Vilfredo.Benchmarks.Hypervolumes;
using Vilfredo.Benchmarks.Neural;
using Vilfredo.Benchmarks.Optimization;
using Vilfredo.Benchmarks.Serving;
using Vilfredo.Benchmarks.Sorting;
using Vilfredo.Benchmarks.Studies;

var benchmarks = new Dictionary<string, Func<string[], int>>
{
    ["hypervolume"] = HypervolumeBenchmark.Run,
    ["sorting"] = SortingBenchmark.Run,
    ["nsga2"] = Nsga2Benchmark.Run,
    ["moead"] = MoeadBenchmark.Run,
    ["quality"] = QualityBenchmark.Run,
    ["ranges"] = RangesBenchmark.Run,
    ["bayesian"] = BayesianBenchmark.Run,
    ["studies"] = StudyOverheadBenchmark.Run,
    ["decoder"] = DecoderBenchmark.Run,
    ["code-efficiency"] = EstimatorBenchmark.Run,
    ["serving"] = ServingBenchmark.Run,
    ["track"] = TrackBenchmark.Run,
};

if (args is ["track-child", .. var work]) return TrackBenchmark.RunChild(work);
if (args is ["serving-role", .. var role]) return await ServingRole.RunAsync(role);
if (args is ["all", .. var rest]) return benchmarks.Values.Max(run => run(rest));
if (args is [var name, .. var options] && benchmarks.TryGetValue(name, out var chosen)) return chosen(options);
Console.Error.WriteLine($"usage: dotnet run -c Release --project benchmarks/Vilfredo.Benchmarks -- all|{string.Join('|', benchmarks.Keys)} [--smoke] [--markdown]");
return 2;
