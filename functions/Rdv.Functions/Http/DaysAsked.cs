using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Rdv.Functions.Http;

/// <summary>The days that an address asks for: <c>from</c> and <c>days</c>.</summary>
/// <param name="From">Null when it was left out.</param>
internal sealed record DaysAsked(LocalDate? From, int Days)
{
    public static Result<DaysAsked> Read(HttpRequest request, int otherwise)
    {
        var errors = new FieldErrors();
        var asked = new DaysAsked(Values.Day(request, "from", errors), Values.Number(request, "days", otherwise, errors));
        return errors.Any ? new Refusal.Invalid(errors) : asked;
    }
}
