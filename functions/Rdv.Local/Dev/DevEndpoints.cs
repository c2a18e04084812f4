using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using NodaTime.Text;
using Rdv.Local.Clock;

namespace Rdv.Local.Dev;

/// <summary>What a demonstration needs beside the product: the messages, the clock, one page for both.</summary>
internal static class DevEndpoints
{
    public static void MapDev(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapClock();
        endpoints.MapGet("/dev/messages", (Outbox outbox) => TypedResults.Ok(outbox.Messages.Select(MessageBody.Of)));
        endpoints.MapGet("/dev", Page);
        endpoints.MapPost("/dev/forward", ForwardAsync).DisableAntiforgery();
        endpoints.MapGet("/dev/dev.css", () => TypedResults.Stream(
            typeof(DevEndpoints).Assembly.GetManifestResourceStream("dev.css")!, "text/css; charset=utf-8"));
    }

    private static RazorComponentResult<DevPage> Page(Outbox outbox, MovableClock clock, LocalAddresses addresses, string? phone, string? clockError) =>
        new(new Dictionary<string, object?>
        {
            [nameof(DevPage.Model)] = DevPageModel.Of(
                outbox.Messages,
                clock.GetCurrentInstant(),
                addresses,
                int.TryParse(phone, NumberStyles.None, CultureInfo.InvariantCulture, out var chosen) ? chosen : null,
                clockError is not null),
        });

    private static async Task<IResult> ForwardAsync(HttpRequest request, ClockMover mover, CancellationToken cancellationToken)
    {
        var step = request.HasFormContentType ? (string?)(await request.ReadFormAsync(cancellationToken))["step"] : null;
        var moved = ClockStep.Parse(step) is { } move && await mover.TryMoveAsync(move);
        return TypedResults.Redirect(moved ? "/dev#horloge" : "/dev?clockError=1#horloge");
    }

    private sealed record MessageBody(string Channel, string To, string Text, string SentAt, string Kind, string? Reference)
    {
        public static MessageBody Of(OutboxMessage message) => new(
            message.Channel, message.To, message.Text, InstantPattern.ExtendedIso.Format(message.SentAt), message.Kind, message.Reference);
    }
}
