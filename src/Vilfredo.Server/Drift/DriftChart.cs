using Vilfredo.Inference.Serving;

namespace Vilfredo.Server.Drift;

/// <summary>Watches one measured value of a point: whether what answers cost now is still what was measured.</summary>
/// <remarks>
/// An exponentially weighted moving average of single answers (S. W. Roberts, "Control chart tests based on geometric moving averages", Technometrics 1(3), 1959): with weight 0.05 its standard deviation is
/// s sqrt(0.05 / 1.95) for answers of standard deviation s, which follows from the measured interval. It is out of its band at more than 4 of those plus a tenth of the measured mean, after 20 answers.
/// The first answers are averaged evenly until their number reaches 1 / weight. Thread-safe.
/// </remarks>
internal sealed class DriftChart
{
    public const double Weight = 0.05;
    public const double Limit = 4;
    public const double Tolerance = 0.1;
    public const int FewestAnswers = 20;

    private const double NormalQuantile = 1.959964; // of the 95 % intervals that frontiers have

    private readonly Lock _lock = new();
    private readonly double _mean;
    private double _average;
    private long _answers;
    private bool _isOut;

    /// <summary>The chart of a value.</summary>
    /// <param name="measured">The value with its interval.</param>
    /// <param name="answers">The answers behind it.</param>
    public DriftChart(MeasuredValue measured, int answers)
    {
        _mean = measured.Mean;
        var deviation = Math.Max(0, measured.Upper - measured.Lower) / 2 / NormalQuantile * Math.Sqrt(Math.Max(1, answers));
        HalfBand = Limit * deviation * Math.Sqrt(Weight / (2 - Weight)) + Tolerance * Math.Abs(_mean);
    }

    /// <summary>How far the average may be from the measured mean.</summary>
    public double HalfBand { get; }

    /// <summary>The average of recent answers; NaN before any.</summary>
    public double Average
    {
        get
        {
            lock (_lock)
                return _answers == 0 ? double.NaN : _average;
        }
    }

    /// <summary>Whether the average has left its band and has not come back into its inner half since.</summary>
    public bool IsOut
    {
        get
        {
            lock (_lock)
                return _isOut;
        }
    }

    /// <summary>Takes an answer into account; true when it has just left its band.</summary>
    public bool Add(double value)
    {
        lock (_lock)
        {
            var wasOut = _isOut;
            _answers++;
            _average += Math.Max(Weight, 1.0 / _answers) * (value - _average);
            // At the edge of the band it would come and go with every answer.
            _isOut = _answers >= FewestAnswers && Math.Abs(_average - _mean) > (wasOut ? HalfBand / 2 : HalfBand);
            return !wasOut && _isOut;
        }
    }
}
