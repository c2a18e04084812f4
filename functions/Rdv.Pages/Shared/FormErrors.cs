namespace Rdv.Pages.Shared;

/// <summary>What is wrong with a form, by field.</summary>
public sealed record FormErrors(IReadOnlyDictionary<string, string[]> ByField)
{
    public static FormErrors None { get; } = new(new Dictionary<string, string[]>());

    public static FormErrors Of(FieldErrors errors) => new(errors.ByField);

    public static FormErrors Of(string field, string message) => Of(FieldErrors.Of(field, message));

    public bool Any => ByField.Count > 0;

    public IReadOnlyList<string> At(string field) => ByField.GetValueOrDefault(field) ?? [];

    /// <summary>The id of the control of a field.</summary>
    public static string IdOf(string field) => field.Replace('.', '-');
}
