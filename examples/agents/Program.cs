using Vilfredo;
using Vilfredo.Inference.Agents;
using Vilfredo.Inference.Agents.Assembly;
using Vilfredo.Inference.Agents.Search;
using Vilfredo.Inference.Evaluation.Problems;
using Vilfredo.Inference.Providers;
using Vilfredo.Inference.Running;
using Vilfredo.Measurement.InferenceCosts;
using Vilfredo.Measurement.Tasks;

// Which components of an agent pay on questions of your own: each is varied by itself, and the cheapest passes are put together.
if (args.Length < 2)
{
    Console.WriteLine("usage: dotnet run --project examples/agents -- ENDPOINT MODEL [VARIABLE WITH THE KEY]");
    Console.WriteLine("       such as http://127.0.0.1:8080/v1 my-model. This asks the model some hundred times.");
    return 2;
}

// 1. The model with its price, so that everything that an attempt takes has a cost.
var model = new ModelDefinition { Name = args[1], Kind = ModelKind.OpenAI, Endpoint = new(args[0]), KeyVariable = args.ElementAtOrDefault(2), Price = new(0.4, 1.6) };
var prices = new PriceTable("USD", DateOnly.FromDateTime(DateTime.Today), [KeyValuePair.Create(model.Name, model.Price)]);
using var client = ModelClients.Open(model);

// 2. What it can search, and the questions. Half of them choose the configuration, the others judge it.
var sources = CorpusSource.LoadAll(Path.Combine(AppContext.BaseDirectory, "corpus"));
var questions = new QuestionFile { Path = Path.Combine(AppContext.BaseDirectory, "questions.jsonl"), Check = "gaia" }.Read();
var (chosenOn, heldOut) = (questions.Take(questions.Count / 2).ToList(), questions.Skip(questions.Count / 2).ToList());

// 3. One attempt: the agent answers, and its account says what that cost, plans, memories and judgements included.
async Task<Attempt> TryAsync(AgentConfiguration configuration, EvaluationProblem question, CancellationToken cancellation)
{
    var settings = new StrategySettings { Prices = prices, Seed = 1, Budget = new() { Calls = 60 } };
    using var agent = new StrategyChatClient(client, new AgentStrategy(configuration, new() { Sources = sources }), settings);
    var response = await agent.GetResponseAsync(question.Messages, null, cancellation);
    var grade = await question.Grader.GradeAsync(response.Text, cancellation);
    return new(question.Id, grade == Grade.Correct, StrategyAnswer.Of(response)!.Calls.Cost ?? throw new InvalidOperationException("A call has no price."));
}

// 4. One component at a time, then the assembled configuration on questions that it was not chosen on.
var study = new ComponentStudy<AgentConfiguration, EvaluationProblem>(
    AgentConfiguration.PaperDefault, [AgentComponents.MaximumSteps, AgentComponents.Planning, AgentComponents.Sources, AgentComponents.Queries, AgentComponents.Memories], TryAsync);
var progress = new Progress<OptionResult>(result => Console.WriteLine($"{result.Name,-28} {result.CostOfPass}"));
var report = await study.OneAtATimeAsync(chosenOn, new RandomGenerator(1), progress);
var assembled = study.Assemble(report, tolerance: 2);
Console.WriteLine($"\nassembled: {assembled}");
Console.WriteLine($"on other questions: {CostOfPass.Pooled(await study.MeasureAsync(assembled, heldOut), new RandomGenerator(1))}");
return 0;
