// Drawing with ECharts: which parts of it are used, and a picture in an element.
import * as echarts from 'echarts/core';
import { CustomChart, BarChart, LineChart, ScatterChart, SankeyChart } from 'echarts/charts';
import {
	GridComponent,
	TooltipComponent,
	MarkLineComponent,
	MarkAreaComponent,
	LegendComponent
} from 'echarts/components';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import { font, ink } from '../theme.js';

echarts.use([
	CustomChart,
	BarChart,
	LineChart,
	ScatterChart,
	SankeyChart,
	GridComponent,
	TooltipComponent,
	MarkLineComponent,
	MarkAreaComponent,
	LegendComponent,
	LabelLayout,
	SVGRenderer
]);

/** Draw into `element`; the handle updates and disposes of the picture. */
export function draw(element) {
	const instance = echarts.init(element, null, { renderer: 'svg' });
	instance.on('finished', () => element.setAttribute('data-drawn', 'yes'));
	let click = null;
	instance.on('click', (event) => click?.(event));
	return {
		update(chart, width, height) {
			click = chart.onClick ?? null;
			instance.resize({ width, height });
			instance.setOption(
				{
					animation: false,
					textStyle: { fontFamily: font, fontSize: 12, color: ink },
					...chart.option(width, height)
				},
				{ notMerge: true }
			);
		},
		dispose: () => instance.dispose()
	};
}
