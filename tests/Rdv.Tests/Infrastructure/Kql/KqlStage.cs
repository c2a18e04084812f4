namespace Rdv.Tests.Infrastructure.Kql;

/// <summary>What stands behind one <c>|</c>.</summary>
/// <param name="Operator">The first word of it.</param>
/// <param name="Columns">What it makes, by name; a condition has an empty one.</param>
internal sealed record KqlStage(string Operator, IReadOnlyList<(string Name, KqlExpression Value)> Columns);
