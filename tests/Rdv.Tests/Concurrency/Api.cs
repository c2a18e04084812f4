using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Rdv.Appointments;
using Rdv.Functions.Http;

namespace Rdv.Tests.Concurrency;

/// <summary>One call to one instance, and what came back of it.</summary>
internal sealed class Api(Cluster cluster, Random random)
{
    /// <param name="hangsUp">The client may leave before the answer.</param>
    public async Task<Answered> SendAsync(
        int place, HttpMethod method, string path, object? body, string? key, bool hangsUp, Func<JsonElement, int, Answered> read)
    {
        var instance = await cluster.AtAsync(place);
        using var patience = new CancellationTokenSource();
        if (hangsUp)
        {
            patience.CancelAfter(random.Next(1, 40));
        }

        try
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Add("X-Rdv-Persona", "admin");
            request.Headers.Add(Instance.CallHeader, History.Current.ToString(CultureInfo.InvariantCulture));
            if (body is not null)
            {
                request.Content = JsonContent.Create(body);
            }

            if (key is not null)
            {
                request.Headers.Add(IdempotencyKey.Header, key);
            }

            using var response = await instance.Client.SendAsync(request, patience.Token);
            var text = await response.Content.ReadAsStringAsync(patience.Token);
            return (int)response.StatusCode >= 500 && instance.IsDead ? new Answered.Nothing() : Read(response, text, read);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            return new Answered.Nothing();
        }
    }

    public static View ViewOf(JsonElement body) => new(
        body.GetProperty("reference").GetString()!,
        Enum.Parse<AppointmentStatus>(body.GetProperty("status").GetString()!, ignoreCase: true),
        body.GetProperty("version").GetInt32(),
        body.GetProperty("advisor").GetProperty("id").GetString()!,
        TimeOf(body.GetProperty("start")),
        body.GetProperty("workshopId").GetString(),
        body.TryGetProperty("means", out var means) ? means.GetString() : null);

    public static WorkshopView WorkshopOf(JsonElement body) => new(
        body.GetProperty("id").GetString()!, body.GetProperty("version").GetInt32(), TimeOf(body.GetProperty("start")), body.GetProperty("status").GetString() == "cancelled");

    public static IReadOnlyList<string> Texts(JsonElement list) => [.. list.EnumerateArray().Select(text => text.GetString()!)];

    public static LocalDateTime TimeOf(JsonElement text) => OffsetDateTimePattern.Rfc3339.Parse(text.GetString()!).Value.LocalDateTime;

    private static Answered Read(HttpResponseMessage response, string text, Func<JsonElement, int, Answered> read)
    {
        var body = text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
        if (response.IsSuccessStatusCode)
        {
            return read(body, (int)response.StatusCode);
        }

        var code = body.ValueKind == JsonValueKind.Object && body.TryGetProperty("code", out var known) ? known.GetString()! : $"{(int)response.StatusCode} {text}";
        var wrote = response.Headers.Contains(Instance.WroteHeader);
        return response.StatusCode == HttpStatusCode.ServiceUnavailable && code == "busy" && response.Headers.RetryAfter is not null
            ? new Answered.Busy(wrote)
            // "We do not know whether it is done; send it again": what the contract says of an outcome that could not be told.
            : response.StatusCode == HttpStatusCode.GatewayTimeout && code == "unsure" ? new Answered.Nothing()
            : new Answered.Refused(wrote ? $"{code} after a write" : code, References(body));
    }

    private static string[] References(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("appointments", out var inside)
            ? [.. inside.EnumerateArray().Select(reference => reference.GetString()!)]
            : [];
}
