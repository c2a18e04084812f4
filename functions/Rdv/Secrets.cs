namespace Rdv;

/// <summary>The secrets behind links and telephone lookups.</summary>
/// <param name="Link">Derives the key of an SMS link.</param>
/// <param name="Phone">Derives the row key of a telephone number.</param>
/// <param name="Feed">Derives the token of a calendar feed.</param>
public sealed record Secrets(Keyring Link, Keyring Phone, Keyring Feed);
