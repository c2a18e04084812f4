namespace Rdv.Pages.Shared;

/// <param name="Label">Null for choices that stand alone.</param>
public sealed record SelectGroup(string? Label, IReadOnlyList<SelectOption> Options);

public sealed record SelectOption(string Value, string Label);
