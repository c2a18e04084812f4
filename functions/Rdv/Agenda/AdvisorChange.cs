namespace Rdv.Agenda;

/// <summary>On what condition an advisor is rewritten.</summary>
/// <param name="Version">The version of the hours that whoever changes them has seen; null for whatever it is.</param>
/// <param name="DryRun">Only to tell what would come of it.</param>
public sealed record AdvisorChange(int? Version = null, bool DryRun = false);
