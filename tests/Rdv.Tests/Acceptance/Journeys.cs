using System.Text.Json;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Acceptance;

/// <summary>What people do with the product, the same wherever it runs. Each journey is someone new.</summary>
public abstract class Journeys(Target target) : IAsyncLifetime
{
    private readonly List<Visitor> _visitors = [];

    protected Target Target => target;

    /// <summary>The one whom the journey is about.</summary>
    protected Visitor Visitor { get; private set; } = null!;

    public ValueTask InitializeAsync()
    {
        Visitor = NewVisitor();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _visitors.ForEach(visitor => visitor.Dispose());
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected Visitor NewVisitor()
    {
        var visitor = target.Visit();
        _visitors.Add(visitor);
        return visitor;
    }

    /// <summary>The suite books in places of its own only, and an administrator makes them.</summary>
    protected void NeedsStaff() => Assert.SkipUnless(target.HasStaff, "No identity of staff is known here (RDV_STAFF_HEADER).");

    protected void NeedsEveryPersona() => Assert.SkipUnless(target.HasEveryPersona, "One identity of staff is known here.");

    protected static async Task<JsonElement> BookAsync(Visitor visitor, Ground ground, string start, string? phone = null)
    {
        var reply = await visitor.PostAsync("/api/appointments", ground.BookingAt(start, phone));
        reply.Status.ShouldBe(201, reply.Text);
        return reply.Json;
    }

    /// <summary>So that the hour is free when the suite runs there again.</summary>
    protected static async Task CancelAsync(Visitor visitor, JsonElement appointment) =>
        (await visitor.PostAsync($"/api/appointments/{Reference(appointment)}/cancel", new { key = Key(appointment) })).Status.ShouldBe(200);

    protected static string Reference(JsonElement appointment) => appointment.GetProperty("reference").GetString()!;

    protected static string Key(JsonElement appointment) => appointment.GetProperty("key").GetString()!;
}
