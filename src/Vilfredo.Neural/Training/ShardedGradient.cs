using System.Runtime.ExceptionServices;
using TorchSharp;
using Vilfredo.Neural.Native;
using Vilfredo.Neural.Training.Objectives;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Training;

/// <summary>The gradient of a mean loss over batches, added up over shards of them that fit into a processor's cache, by as many workers as there are copies of the module.</summary>
/// <remarks>
/// Small tensors gain little from several threads to an operation: most of the time goes into waiting for each other, and tensors of a whole batch do not stay in the cache
/// between operations. Here each worker computes whole shards on one thread, and the gradients are added at the end in a fixed order, so that equal calls give equal bits.
/// </remarks>
/// <typeparam name="TBatch">What is trained on in one pass.</typeparam>
public sealed class ShardedGradient<TBatch>
{
    private readonly ITrainingObjective<TBatch>[] _workers; // the objective whose gradient is wanted first
    private readonly (Tensor Source, Tensor[] Copies)[] _parameters;
    private readonly (Tensor Source, Tensor[] Copies)[] _buffers;
    private readonly Func<TBatch, IReadOnlyList<TBatch>> _shards;

    /// <summary>The gradient of an objective.</summary>
    /// <param name="objective">Its module's parameters receive the gradient.</param>
    /// <param name="replicas">The same objective over copies of the module, one for each further worker; what their modules hold is overwritten. With none, all is done on the calling thread, by as many threads to an operation as are set.</param>
    /// <param name="shards">Cuts a batch into parts whose scored elements add up to its own; null for whole batches.</param>
    /// <exception cref="ArgumentException">A replica's parameters or buffers are not of the same names and shapes, or are the module's own.</exception>
    public ShardedGradient(ITrainingObjective<TBatch> objective, IReadOnlyList<ITrainingObjective<TBatch>>? replicas = null, Func<TBatch, IReadOnlyList<TBatch>>? shards = null)
    {
        ArgumentNullException.ThrowIfNull(objective);
        _workers = [objective, .. replicas ?? []];
        _shards = shards ?? (batch => [batch]);
        _parameters = Matched(module => module.named_parameters().Select(one => (one.name, (Tensor)one.parameter)), "parameter");
        _buffers = Matched(module => module.named_buffers().Select(one => (one.name, one.buffer)), "buffer");
    }

    /// <summary>Adds the gradient of the loss's sum over the batches, divided by <paramref name="count"/>, and of their penalties, to that of the parameters.</summary>
    /// <param name="batches">The batches of a step.</param>
    /// <param name="count">The scored elements of all of them. At least 1.</param>
    /// <returns>The sum of the loss.</returns>
    public double Add(IReadOnlyList<TBatch> batches, long count)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        TBatch[] shards = [.. batches.SelectMany(_shards).Where(shard => _workers[0].Count(shard) > 0)];
        if (_workers.Length == 1)
            return Add(0, shards, count);
        Distribute();
        var losses = SideBySide(worker => Add(worker, shards, count));
        Collect();
        return losses.Sum();
    }

    private double Add(int worker, TBatch[] shards, long count)
    {
        var (objective, loss) = (_workers[worker], 0.0);
        for (var i = worker; i < shards.Length; i += _workers.Length)
        {
            using var scope = NewDisposeScope();
            var part = objective.Loss(shards[i]);
            var mean = part.Sum.Over(count);
            (part.Penalty is { } penalty ? mean.PlusScaled(penalty, (double)objective.Count(shards[i]) / count) : mean).backward();
            loss += part.Sum.to(ScalarType.Float64).item<double>();
        }

        return loss;
    }

    // Threads of their own: the number of threads to an operation is a thread's, and that of the pool's threads is left alone.
    private double[] SideBySide(Func<int, double> work)
    {
        var threads = get_num_threads();
        var results = new double[_workers.Length];
        var errors = new Exception?[_workers.Length];
        var running = Enumerable.Range(0, _workers.Length).Select(worker => new Thread(() =>
        {
            try
            {
                set_num_threads(1);
                results[worker] = work(worker);
            }
            catch (Exception error)
            {
                errors[worker] = error;
            }
        })).ToArray();
        foreach (var thread in running)
            thread.Start();
        foreach (var thread in running)
            thread.Join();
        set_num_threads(threads);
        if (errors.FirstOrDefault(error => error is not null) is { } first)
            ExceptionDispatchInfo.Throw(first);
        return results;
    }

    private void Distribute()
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        foreach (var replica in _workers[1..])
        {
            replica.Module.train(_workers[0].Module.training);
            replica.Module.zero_grad(set_to_none: false);
        }

        foreach (var (source, copies) in _parameters.Concat(_buffers))
        {
            foreach (var copy in copies)
                copy.copy_(source);
        }
    }

    private void Collect()
    {
        using var noGradient = no_grad();
        foreach (var (source, copies) in _parameters)
        {
            using var scope = NewDisposeScope();
            foreach (var copy in copies)
            {
                if (copy.grad is not { } gradient)
                    continue;
                if (source.grad is { } sum)
                    sum.add_(gradient);
                else
                    source.grad = gradient.clone().MoveToOuterDisposeScope();
            }
        }
    }

    private (Tensor, Tensor[])[] Matched(Func<nn.Module, IEnumerable<(string Name, Tensor Tensor)>> parts, string kind)
    {
        var source = parts(_workers[0].Module).ToArray();
        var copies = _workers[1..].Select(replica => parts(replica.Module).ToDictionary(part => part.Name, part => part.Tensor, StringComparer.Ordinal)).ToArray();
        foreach (var copy in copies)
        {
            if (copy.Count != source.Length)
                throw new ArgumentException($"A replica has {copy.Count} {kind}s where the module has {source.Length}; it must be a copy of it.");
            foreach (var (name, tensor) in source)
            {
                if (!copy.TryGetValue(name, out var other) || !other.shape.AsSpan().SequenceEqual(tensor.shape))
                    throw new ArgumentException($"A replica has no {kind} '{name}' of the shape [{string.Join(", ", tensor.shape)}]; it must be a copy of the module.");
                if (ReferenceEquals(other, tensor))
                    throw new ArgumentException("A replica shares the module's parameters; each worker needs a module of its own.");
            }
        }

        return [.. source.Select(part => (part.Tensor, copies.Select(copy => copy[part.Name]).ToArray()))];
    }
}
