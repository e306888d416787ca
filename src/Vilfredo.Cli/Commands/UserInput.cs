using Vilfredo.Cli.Errors;

namespace Vilfredo.Cli.Commands;

/// <summary>Passes values of the user on to the library.</summary>
internal static class UserInput
{
    /// <summary>Runs what only checks and stores the user's values; what the library says of them is the user's to mend.</summary>
    /// <param name="place">Where the values came from, such as an option.</param>
    /// <param name="create">Creates something of them.</param>
    /// <exception cref="UserErrorException">The library refused a value.</exception>
    public static T Checked<T>(string place, Func<T> create)
    {
        try
        {
            return create();
        }
        catch (ArgumentException error)
        {
            throw UserErrorException.From(place, error);
        }
    }
}
