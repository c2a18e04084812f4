using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using NodaTime;

namespace Rdv.Azure.Sms;

/// <summary>
/// Puts the stored repeatability id and first-sent of a message in the place of those that the SDK draws at each call, so that a second
/// try of the same message is recognised as one.
/// </summary>
/// <remarks>
/// The two values are in the body, for each recipient (REST reference, Sms - Send). Add it with <see cref="HttpPipelinePosition.PerCall"/>:
/// such policies run before the authentication policy, which the SDK puts after the retries, so that the content hash and the signature
/// are made over the body as rewritten. A policy added <see cref="HttpPipelinePosition.PerRetry"/> would run after it and break them.
/// The values travel as message properties of Azure.Core, which follow the asynchronous call and no other.
/// </remarks>
public sealed class RepeatabilityPolicy : HttpPipelinePolicy
{
    private const string Key = "Rdv.Repeatability";

    /// <summary>Every SMS sent inside the scope, by this asynchronous call, carries these values.</summary>
    public static IDisposable Scope(Guid id, Instant firstSent) =>
        HttpPipeline.CreateHttpMessagePropertiesScope(new Dictionary<string, object?> { [Key] = new Stored(id, firstSent) });

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Rewrite(message);
        ProcessNext(message, pipeline);
    }

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Rewrite(message);
        return ProcessNextAsync(message, pipeline);
    }

    private static void Rewrite(HttpMessage message)
    {
        if (message.Request.Method != RequestMethod.Post
            || !message.Request.Uri.Path.EndsWith("/sms", StringComparison.Ordinal)
            || message.Request.Content is not { } content)
        {
            return;
        }

        if (!message.TryGetProperty(Key, out var property) || property is not Stored stored)
        {
            throw new InvalidOperationException("An SMS was sent outside a scope of its repeatability id.");
        }

        // The body is in memory already (Utf8JsonRequestContent): writing it does no I/O.
        using var body = new MemoryStream();
        content.WriteTo(body, message.CancellationToken);
        body.Position = 0;
        var json = JsonNode.Parse(body) ?? throw new InvalidOperationException("The body of an SMS is not JSON.");
        if (json["smsRecipients"] is not JsonArray { Count: 1 } recipients || recipients[0] is not JsonObject recipient)
        {
            throw new InvalidOperationException("An id is that of one recipient.");
        }

        recipient["repeatabilityRequestId"] = stored.Id.ToString();
        // IMF-fixdate, as in the sample of the REST reference: "Mon, 01 Apr 2019 06:22:03 GMT".
        recipient["repeatabilityFirstSent"] = stored.FirstSent.ToDateTimeUtc().ToString("r", CultureInfo.InvariantCulture);
        message.Request.Content = RequestContent.Create(BinaryData.FromString(json.ToJsonString()));
        content.Dispose();
    }

    private sealed record Stored(Guid Id, Instant FirstSent);
}
