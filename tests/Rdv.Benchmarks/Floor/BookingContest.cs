using Rdv.Benchmarks.Samples;
using Rdv.Benchmarks.Storage;
using Rdv.Booking;

namespace Rdv.Benchmarks.Floor;

/// <summary>
/// Bookings; the floor is the read and the transaction that the product made of the very same booking on a table of its own.
/// Clients do not meet: each has its own advisors, since what a conflict costs is no part of the floor.
/// </summary>
internal sealed class BookingContest(FloorTables tables, SampleTerritory sample, bool any, int clients, int operations)
    : Contest(any ? $"book: any of {sample.Advisors.Count} advisors" : "book: a named advisor", clients, operations)
{
    private static int _phones;
    private BookingRequest[][] _requests = [];
    private BareBooking[][] _script = [];

    protected override WireCounter OursCounter => tables.Ours.Counter;

    protected override WireCounter FloorCounter => tables.Floor.Counter;

    protected override async Task PrepareAsync(int round)
    {
        // From round to round the months fill a little, on each table the same.
        if (round == 0)
        {
            await tables.ResetAsync(sample);
        }

        _requests = [.. Enumerable.Range(0, Clients).Select(client =>
            Enumerable.Range(0, Operations).Select(number => Request(client, (round * Operations) + number, $"{any} {sample.Advisors.Count} {Clients}")).ToArray())];
        _script = new BareBooking[Clients][];
        for (var client = 0; client < Clients; client++)
        {
            _script[client] = new BareBooking[Operations];
            for (var number = 0; number < Operations; number++)
            {
                _script[client][number] = await RecordAsync(_requests[client][number]);
            }
        }
    }

    protected override Task OursAsync(int client, int number) => BookAsync(tables.Ours, _requests[client][number]);

    protected override Task FloorAsync(int client, int number) => tables.Bare.BookAsync(_script[client][number]);

    private async Task<BareBooking> RecordAsync(BookingRequest request)
    {
        var recorder = tables.Script.Recorder!;
        recorder.Forget();
        await BookAsync(tables.Script, request);
        return new BareBooking(recorder.Query, recorder.Transaction!);
    }

    private static async Task BookAsync(Product product, BookingRequest request)
    {
        if (await product.Book.ExecuteAsync(request, CancellationToken.None) is not { Refusal: null, Value.Repeated: false })
        {
            throw new InvalidOperationException("A booking that should succeed did not.");
        }
    }

    private BookingRequest Request(int client, int number, string run)
    {
        var key = $"{run} {client} {number}";
        var count = any ? sample.Places.Count : sample.Advisors.Count;
        var own = Enumerable.Range(0, count).Where(index => index % Clients == client).ToArray();
        var (turn, index) = Math.DivRem(number, own.Length);
        return any
            ? SampleBookings.Any(sample, own[index], turn, key, _phones++)
            : SampleBookings.Named(sample, own[index], turn, key, _phones++);
    }
}
