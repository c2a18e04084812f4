using Rdv.Tests.Contract;
using Xunit;

namespace Rdv.Tests.Local;

[Collection(SharedContractApp.Name)]
public sealed class NoLimitsTests(ContractApp app)
{
    [Fact]
    public async Task No_limits_lifts_what_one_number_may_book()
    {
        var phone = app.DrawPhone();
        for (var i = 0; i < 7; i++)
        {
            await app.BookAsync(phone);
        }
    }
}
