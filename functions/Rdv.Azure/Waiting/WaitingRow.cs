using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using NodaTime;
using Rdv.Azure.Tables;
using Rdv.Azure.Transactions;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.People;
using Rdv.Territories;
using Rdv.Waiting;

namespace Rdv.Azure.Waiting;

/// <summary>The row of someone who waits.</summary>
internal sealed partial class WaitingRow : IRowFormat<WaitingPerson>
{
    public static TableEntity Write(Territory territory, WaitingPerson person) => new TableEntity(territory.Code, RowKeys.Waiting(person.Id))
        .With("CitizenName", person.Citizen.Name)
        .With("CitizenPhone", person.Citizen.Phone.Stored)
        .With("CitizenEmail", person.Citizen.Email)
        .With("Business", person.Citizen.Business)
        .With("Needs", person.Citizen.Needs)
        .With("ReminderTwoHours", person.Citizen.ReminderTwoHours)
        .With("Insee", person.Insee)
        .With("Topic", person.Topic)
        .With("Means", MeansWords.UnlessPlace(person.Means))
        .With("HomeStreet", person.Street)
        .With("Minutes", person.Minutes)
        .With("Note", person.Note)
        .With("AskedBy", person.AskedBy.ToString())
        .With("CreatedAt", person.CreatedAt)
        .With("RequestNonce", person.Request.Nonce)
        .With("RequestHash", person.Request.Hash)
        .With("LinkSecret", person.LinkSecret)
        .With("Offered", person.Offered)
        .With("InPlaceOf", person.InPlaceOf?.Code)
        .With("Workshop", person.Workshop?.Value)
        .With("Offers", person.Offers.Count == 0
            ? null
            : JsonSerializer.Serialize(
                [.. person.Offers.Select(offer => new StoredOffer(
                    offer.Number, offer.AdvisorId.Value, offer.PlaceId.Value, offer.Start.ToUnixTimeSeconds(), offer.Minutes, offer.Hold, offer.Until.ToUnixTimeSeconds()))],
                OfferJson.Default.StoredOfferArray));

    public static WaitingPerson Read(TableEntity row)
    {
        if (!Territory.TryParse(row.PartitionKey, out var territory) || !WaitingId.TryFromCode(territory, row.RowKey[RowKeys.WaitingList.Length..], out var id))
        {
            throw new InvalidDataException("Someone waits under a key that nobody writes.");
        }

        return new WaitingPerson(
            id,
            new Citizen(
                row.Text("CitizenName"),
                PhoneNumber.FromE164(row.Text("CitizenPhone")),
                row.GetString("CitizenEmail"),
                row.GetString("Business"),
                row.GetString("Needs"),
                row.GetBoolean("ReminderTwoHours") ?? false),
            row.GetString("Insee"),
            row.Text("Topic"),
            row.GetString("Note"),
            Enum.Parse<Actor>(row.Text("AskedBy")),
            row.Instant("CreatedAt"),
            new RequestIdentity(row.Text("RequestNonce"), row.Text("RequestHash")),
            row.Number("LinkSecret"),
            row.Number("Offered"),
            [.. (JsonSerializer.Deserialize(row.GetString("Offers") ?? "[]", OfferJson.Default.StoredOfferArray) ?? [])
                .Select(offer => new Offer(
                    offer.Number,
                    new AdvisorId(offer.Advisor),
                    new PlaceId(offer.Place),
                    Instant.FromUnixTimeSeconds(offer.Start),
                    offer.Minutes,
                    offer.Hold,
                    Instant.FromUnixTimeSeconds(offer.Until)))],
            row.GetString("InPlaceOf") is { } code ? AppointmentReference.OfCode(territory, code) : null,
            WorkshopId.TryParse(row.GetString("Workshop"), out var workshop) ? workshop : null)
        {
            Means = row.Means(),
            Street = row.GetString("HomeStreet"),
            Minutes = row.GetInt32("Minutes"),
        };
    }

    private sealed record StoredOffer(
        [property: JsonPropertyName("n")] int Number,
        [property: JsonPropertyName("a")] string Advisor,
        [property: JsonPropertyName("p")] string Place,
        [property: JsonPropertyName("s")] long Start,
        [property: JsonPropertyName("m")] int Minutes,
        [property: JsonPropertyName("h")] string Hold,
        [property: JsonPropertyName("u")] long Until);

    [JsonSerializable(typeof(StoredOffer[]))]
    private sealed partial class OfferJson : JsonSerializerContext;
}
