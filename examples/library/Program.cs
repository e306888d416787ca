using Vilfredo;
using Vilfredo.Studies;

// A service in front of a slow store: a larger cache and more threads answer sooner, but cost memory.
static double[] Simulate(long cacheMegabytes, long threads, string policy)
{
    const double RequestsPerSecond = 400, StoreSeconds = 0.02, HitSeconds = 0.0005;
    var misses = 1 - 0.97 * (1 - Math.Exp(-cacheMegabytes / (policy == "lru" ? 120.0 : 160.0)));
    var load = RequestsPerSecond * misses * StoreSeconds / threads;
    if (load >= 1) throw new InvalidOperationException($"{threads} threads are overloaded");
    var latency = HitSeconds + misses * StoreSeconds / (1 - load);
    var memory = cacheMegabytes * (policy == "lru" ? 1.15 : 1) + 8 * threads;
    return [1000 * latency, memory];
}

Objective[] goals = [Objective.Minimize("latency", "ms"), Objective.Minimize("memory", "MB")];
var options = new StudyOptions { Budget = new StudyBudget { Trials = 1000 }, Seed = 1 };

// 1. Declare the space and run an ordinary function. What it throws fails the trial, not the study.
var space = new SearchSpace(
[
    new IntegerKnob("cache", 1, 2000, log: true),
    new IntegerKnob("threads", 10, 40),
    new CategoricalKnob("policy", ["lru", "random"]),
]);
using var study = Study.Create(space, goals, options);
study.Run(trial => Simulate(trial.Integer("cache"), trial.Integer("threads"), trial.Choice("policy")));
Show("declared space", study);

// 2. Define by run: the function asks for its knobs, some only when others make sense.
using var byRun = Study.Create(goals, options);
byRun.Run(trial =>
{
    var threads = trial.SuggestInteger("threads", 10, 40);
    return trial.SuggestCategorical("cached", "yes", "no") == "no"
        ? Simulate(0, threads, "random")
        : Simulate(trial.SuggestInteger("cache", 1, 2000, log: true), threads, trial.SuggestCategorical("policy", "lru", "random"));
});
Show("define by run", byRun);

// 3. Ask and tell: your loop, your workers, your pace. Here with another sampler and one knob less.
var fixedThreads = new SearchSpace([new IntegerKnob("cache", 1, 2000, log: true), new CategoricalKnob("policy", ["lru", "random"])]);
using var manual = Study.Create(fixedThreads, goals, options with { Sampler = new SamplerDefinition("sobol") });
while (manual.Ask().TryGetTrial(out var trial))
    manual.Tell(trial, Simulate(trial.Integer("cache"), threads: 16, trial.Choice("policy")));
Show("ask and tell", manual);

static void Show(string title, Study study)
{
    var result = StudyFrontier.Of(study);
    Console.WriteLine($"{title}: {result.Frontier.Count} of {result.Points.Count} configurations are on the frontier; some of them, * is the knee:");
    foreach (var point in result.Frontier.Where((point, i) => point.IsKnee || i % (1 + result.Frontier.Count / 10) == 0))
        Console.WriteLine($"{point.Values[0],9:0.00} ms {point.Values[1],7:0} MB {(point.IsKnee ? "*" : " ")} {point.Configuration}");

    var choice = StudyChoice.Best(result, limits: [null, 300], preferred: 0);
    Console.WriteLine($"within 300 MB: trial {choice.Point?.Trial}, since {choice.Reason};\n  {choice.NextReason}\n");
}
