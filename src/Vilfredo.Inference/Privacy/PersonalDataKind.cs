namespace Vilfredo.Inference.Privacy;

/// <summary>Kinds of personal data that rules can find in a text.</summary>
[Flags]
public enum PersonalDataKind
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Addresses of e-mail.</summary>
    Email = 1,

    /// <summary>Telephone numbers: with + or 00 and a country, with a leading 0 and a gap, or in groups of 3, 3 and 4 digits.</summary>
    Phone = 2,

    /// <summary>Numbers of payment cards: 13 to 19 digits that pass Luhn's check.</summary>
    Card = 4,

    /// <summary>International bank account numbers that pass their check (ISO 13616, modulo 97).</summary>
    Iban = 8,

    /// <summary>All of them.</summary>
    All = Email | Phone | Card | Iban,
}
