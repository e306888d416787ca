namespace Vilfredo.Optimization.Problems;

/// <summary>A problem of MaF that changes the objectives of an earlier one, or takes it over with other numbers of variables.</summary>
public abstract class MafOfProblem : MafProblem
{
    private readonly TestProblem original;

    private protected MafOfProblem(int number, TestProblem original)
        : base(number, original.ObjectiveCount, original.Space)
    {
        this.original = original;
        (IdealPoint, NadirPoint) = (original.Ideal.ToArray(), original.Nadir.ToArray());
        Change(IdealPoint);
        Change(NadirPoint);
    }

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        original.Evaluate(x, 1, f, []);
        Change(f);
    }

    private protected override double[] Front(int count)
    {
        var front = original.SampleFront(count);
        for (var i = 0; i < front.Length; i += ObjectiveCount) Change(front.AsSpan(i, ObjectiveCount));
        return front;
    }

    /// <summary>Changes the original's objectives.</summary>
    private protected virtual void Change(Span<double> f)
    {
    }
}
