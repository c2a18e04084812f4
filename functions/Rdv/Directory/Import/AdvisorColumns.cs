namespace Rdv.Directory.Import;

/// <summary>The columns of the advisors file.</summary>
internal static class AdvisorColumns
{
    public const string Id = "id";
    public const string Structure = "structure_id";
    public const string FirstName = "first_name";
    public const string LastName = "last_name";
    public const string Email = "email";
    public const string Phone = "phone";
    public const string Topics = "topics";
    public const string Hours = "opening_hours";

    public static IReadOnlyCollection<string> Required { get; } = [Id, Structure, FirstName, LastName];
}
