namespace Rdv.Azure.Tables;

/// <summary>Where the table is.</summary>
/// <param name="Endpoint">Asked with the app's identity; null with a connection string.</param>
/// <param name="ConnectionString">Of the emulator; null in Azure.</param>
public sealed record TableSettings(Uri? Endpoint, string? ConnectionString, string Name);
