namespace Vilfredo.Measurement.PoolBets.Prizes;

/// <summary>What a winning column is paid.</summary>
public interface IPrizeModel
{
    /// <summary>The prizes of a round.</summary>
    /// <param name="coupon">Its matches; the model may depend on what others are likely to bet.</param>
    PrizesByHits For(Coupon coupon);
}
