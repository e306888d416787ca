namespace Vilfredo.Inference.Routing.Bandits;

internal static class Rewards
{
    public static void Check(double reward)
    {
        if (!(reward is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(reward), reward, "A reward is from 0 to 1.");
    }
}
